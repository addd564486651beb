/* Reads the bytes as a Defender configuration, as a compiled policy that is asked, and as a glob with a path; what is
 * accepted must lie within the bytes. The same bytes as text must give well-formed, bounded JSON. */
#include <stdlib.h>
#include <string.h>

#include "configuration.h"
#include "glob.h"
#include "json.h"
#include "policy.h"

static void require(bool holds) {
    if (!holds) abort();
}

static void require_within(struct span inner, const uint8_t *bytes, size_t size) {
    if (inner.length) require(inner.bytes >= bytes && inner.bytes + inner.length <= bytes + size);
}

static void fuzz_configuration(const uint8_t *bytes, size_t size) {
    struct configuration configuration = {.console = {NULL, 0}};
    if (configuration_parse(&configuration, bytes, size)) return;
    require_within(configuration.console, bytes, size);
    require_within(configuration.name, bytes, size);
    require_within(configuration.signed_policy, bytes, size);
    require(configuration.authority_count <= MAX_AUTHORITIES);
    for (size_t i = 0; i < configuration.authority_count; i++)
        require_within(configuration.authorities[i], bytes, size);
}

/* What a policy that was accepted says about something must not depend on bytes outside of it. */
static void ask(const struct policy *policy) {
    static const struct variables variables = {{{(const uint8_t *)"", 0}, {(const uint8_t *)"/var/task", 9}}};
    static const struct network_surroundings none;
    static const struct names no_names;
    static const uint8_t arguments[] = "gs\0-q\0/tmp/a";
    struct span path = span_of("/var/task/bin/gs");
    struct process_start start = {
        .path = path, .arguments = {arguments, sizeof arguments}, .parent = span_of("/usr/bin/node")};
    struct endpoint endpoint = {.address = {[10] = 0xff, [11] = 0xff, [12] = 192, [14] = 2, [15] = 7}, .port = 443};
    enum effect effect;
    process_rules_judge(&policy->process, &variables, &start, &effect);
    for (int access = 0; access < FILE_ACCESSES; access++)
        file_rules_match(&policy->files, &variables, path, (enum file_access)access, true);
    network_rules_match_endpoint(&policy->network, &none, &no_names, &endpoint);
    network_rules_match_listen(&policy->network, 8080);
    network_rules_match_lookup(&policy->network, span_of("db.internal"));
    network_rules_match_unix(&policy->network, span_of("/tmp/a.sock"), NULL, NULL);
    secret_rules_match(&policy->secrets, span_of("DB_PASSWORD"));
}

static void fuzz_policy(const uint8_t *bytes, size_t size) {
    struct policy policy;
    if (policy_parse(&policy, (struct span){bytes, size})) return;
    require_within(policy.process.entries, bytes, size);
    require_within(policy.network.outbound, bytes, size);
    require_within(policy.secrets.entries, bytes, size);
    require(policy_sections(&policy) < 1u << SECTIONS);
    ask(&policy);
}

static void fuzz_glob(const uint8_t *bytes, size_t size) {
    const uint8_t *end = memchr(bytes, '\0', size);
    if (!end) return;
    struct span path = {bytes, (size_t)(end - bytes)}, glob = {end + 1, size - (size_t)(end + 1 - bytes)};
    bool matches = glob_match_path(glob, path);
    require(glob_match_path(span_of("**"), path) && glob_match_text(span_of("*"), path));
    require(!matches || glob_match_text(glob, path));
    require(!matches || glob.length > 0 || path.length == 0);
}

static void fuzz_json(const uint8_t *bytes, size_t size) {
    char text[300];
    struct json json;
    json_start(&json, text, sizeof text);
    json_open(&json, NULL, '{');
    json_bytes(&json, "bytes", bytes, size, 120);
    json_open(&json, "list", '[');
    for (size_t i = 0; i < 8; i++) json_bytes(&json, NULL, bytes, size, 60);
    json_close(&json, ']');
    json_number(&json, "number", size);
    json_close(&json, '}');
    require(json.length < sizeof text && text[json.length] == '\0' && text[json.length - 1] == '}');
    for (size_t i = 0; i < json.length; i++) require((uint8_t)text[i] >= 0x20);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_configuration(bytes, size);
    fuzz_policy(bytes, size);
    fuzz_glob(bytes, size);
    fuzz_json(bytes, size);
    return 0;
}
