/* Sources: src/policy.c src/configuration.c src/json.c
 *
 * Reads the bytes as a Defender configuration, as a compiled policy, and as a pattern with a path; what is accepted
 * must lie within the bytes. The same bytes as text must give well-formed, bounded JSON. */
#include <stdlib.h>
#include <string.h>

#include "../src/json.h"
#include "../src/policy.h"

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

static void fuzz_policy(const uint8_t *bytes, size_t size) {
    struct policy policy;
    if (policy_parse(&policy, (struct span){bytes, size})) return;
    require_within(policy.process_patterns, bytes, size);
    policy_allows_process(&policy, "/usr/bin/true", 1, 2);
}

static void fuzz_glob(const uint8_t *bytes, size_t size) {
    const uint8_t *end = memchr(bytes, '\0', size);
    if (!end) return;
    char path[4096];
    size_t pattern_length = size - (size_t)(end + 1 - bytes);
    size_t path_length = (size_t)(end - bytes);
    if (path_length >= sizeof path) return;
    memcpy(path, bytes, path_length);
    path[path_length] = '\0';
    bool matches = glob_match((const char *)end + 1, pattern_length, path);
    require(glob_match("**", 2, path));
    require(!matches || pattern_length > 0 || path_length == 0);
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
