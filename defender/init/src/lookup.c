#include "lookup.h"

#include <stdio.h>
#include <string.h>

#include "aliases.h"
#include "audit.h"
#include "guard.h"
#include "learn.h"
#include "lookup-meter.h"
#include "miner.h"
#include "redirect.h"
#include "reverse.h"
#include "surroundings.h"
#include "target.h"

enum { MAX_DETAIL = 1400, MAX_MESSAGE = 400, CODE = 0x0f };

static struct names *names;
static const struct name_servers *servers;

void lookup_open(struct names *table, const struct name_servers *found) {
    names = table;
    servers = found;
}

static const struct network_rules *rules(void) { return &guard_policy()->network; }

/* Of addresses that may be reached, the names may be asked for. */
static bool is_reverse_of_reachable(const char *name) {
    struct endpoint endpoint = {.port = 0};
    return reverse_read(name, endpoint.address) &&
           network_rules_match_endpoint(rules(), &surroundings.network, names, &endpoint) == NETWORK_ALLOWED;
}

static bool is_allowed(struct lookup *lookup) {
    const char *name = strcpy(lookup->granted, lookup->query.name);
    if (network_rules_match_lookup(rules(), span_of(name))) return true;
    const char *led_by = aliases_find(name);
    if (!led_by || !network_rules_match_lookup(rules(), span_of(led_by))) return is_reverse_of_reachable(name);
    strcpy(lookup->granted, led_by);
    return true;
}

/* An allowed name with a domain behind it that resolvers try on their own (ndots, resolv.conf(5)): nobody asked for
 * that, so it is nothing to tell. */
static bool is_search(const char *name) {
    size_t length = strlen(name);
    for (uint8_t i = 0; i < servers->search_count; i++) {
        size_t domain = strlen(servers->search[i]);
        if (length <= domain + 1 || name[length - domain - 1] != '.') continue;
        if (strcmp(name + length - domain, servers->search[i]) != 0) continue;
        struct span tried = {(const uint8_t *)name, length - domain - 1};
        if (network_rules_match_lookup(rules(), tried)) return true;
    }
    return false;
}

/* What the process section says of crypto-miners holds for the names of their pools, whatever `outbound` allows. */
static enum effect effect_on_pool(const char *name) {
    const struct process_rules *process = &guard_policy()->process;
    return process->effect != EFFECT_DISABLE && looks_like_mining_pool(name, 0) ? process->miners : EFFECT_DISABLE;
}

/* `deed` and `rest` stand around the name in the message. */
static void tell(const char *name, const struct asker *asker, enum effect effect, const char *action, const char *deed,
                 const char *rest, const char *reason) {
    char text[MAX_DETAIL], message[MAX_MESSAGE], caller[PATH_MAX] = "";
    pid_t thread = redirect_find_thread(asker->port);
    if (thread) target_executable_path(thread, caller);
    struct json detail;
    json_start(&detail, text, sizeof text);
    json_open(&detail, NULL, '{');
    json_text(&detail, "direction", "lookup");
    json_text(&detail, "protocol", asker->protocol);
    json_text(&detail, "domain", name);
    if (caller[0]) json_bytes(&detail, "caller", caller, strlen(caller), 512);
    json_text(&detail, "reason", reason);
    json_close(&detail, '}');
    snprintf(message, sizeof message, "%.60s %s %s%s", caller[0] ? base_name(caller) : "the function", deed,
             name[0] ? name : "the root of all names", rest);
    audit_emit(
        &(struct audit){.type = "network", .effect = effect, .action = action, .message = message, .detail = &detail});
}

static void tell_not_allowed(const char *name, const struct asker *asker, enum effect effect, const char *reason) {
    bool prevent = effect == EFFECT_PREVENT;
    tell(name, asker, effect, prevent ? "blocked" : "allowed", prevent ? "tried to look up" : "looked up",
         ", which the policy does not allow", reason);
}

static void tell_many(const char *name, const struct asker *asker) {
    tell(name, asker, rules()->effect, "reported", "looked up", " and many other names within a minute",
         "each name can carry data to whoever answers for its domain");
}

enum lookup_step lookup_begin(struct lookup *lookup, const uint8_t *message, size_t length, const struct asker *asker,
                              uint8_t refusal[static DNS_MOST_REFUSAL], size_t *refusal_length) {
    struct dns_query *query = &lookup->query;
    enum dns_code code = dns_read_query(message, length, query);
    if (code == DNS_IGNORE) return LOOKUP_IGNORE;
    memcpy(lookup->asked, message, DNS_HEADER + query->question_length);
    enum effect effect = rules()->effect;
    enum dns_reason reason = DNS_NO_REASON;
    bool is_named = code == DNS_NO_ERROR && is_allowed(lookup);
    enum effect on_pool = code == DNS_NO_ERROR ? effect_on_pool(query->name) : EFFECT_DISABLE;
    const char *objection = is_named ? NULL : "no outbound entry names it";
    if (on_pool != EFFECT_DISABLE && (is_named || effect != EFFECT_PREVENT)) {
        objection = "it is the name of a crypto-miners' pool";
        effect = on_pool;
    }
    if (code == DNS_NO_ERROR && objection && (effect == EFFECT_ALERT || effect == EFFECT_PREVENT)) {
        if (!is_search(query->name)) tell_not_allowed(query->name, asker, effect, objection);
        if (effect == EFFECT_PREVENT) {
            code = DNS_NO_SUCH_NAME;
            reason = DNS_BLOCKED;
        }
    }
    if (code != DNS_NO_ERROR) {
        *refusal_length = dns_write_refusal(refusal, lookup->asked, query, code, reason);
        return LOOKUP_REFUSE;
    }
    if (effect != EFFECT_DISABLE && lookup_meter_is_exceeded(query->name)) tell_many(query->name, asker);
    return LOOKUP_FORWARD;
}

/* Machines in the same network and on the same machine are named by address: nobody's name may lead there. */
static bool is_learned(const uint8_t address[static 16]) {
    if (address_is_loopback(address)) return false;
    if (address_is_ipv4(address)) return address[12] < 224 && !(address[12] == 169 && address[13] == 254);
    return address[0] != 0xff && !(address[0] == 0xfe && (address[1] & 0xc0) == 0x80);
}

static void learn_address(const struct lookup *lookup, const uint8_t *data, size_t length) {
    uint8_t address[16] = {[10] = 0xff, [11] = 0xff};
    memcpy(address + 16 - length, data, length);
    if (is_learned(address)) names_learn(names, span_of(lookup->granted), address);
}

/* How many bytes stand in front of the name to which a record leads on; -1 when it leads to none. */
static int offset_of_target(uint16_t type) {
    switch (type) {
    case DNS_CNAME:
        return 0;
    case DNS_MX:
    case DNS_SVCB:
    case DNS_HTTPS:
        return 2;
    case DNS_SRV:
        return 6;
    default:
        return -1;
    }
}

/* Takes the addresses and targets of the name that was asked for, and of those that it is an alias of. */
static void learn(const struct lookup *lookup, const uint8_t *answer, size_t length) {
    char name[DNS_MOST_NAME + 1], target[DNS_MOST_NAME + 1];
    struct dns_record record;
    size_t at = DNS_HEADER + lookup->query.question_length;
    bool has_address = false;
    strcpy(name, lookup->query.name);
    for (uint16_t left = dns_get16(answer + 6); left; left--) {
        at = dns_read_record(answer, length, at, &record);
        if (!at) return;
        if (record.class != DNS_CLASS_IN || strcmp(record.owner, name) != 0) continue;
        const uint8_t *data = answer + record.data;
        if ((record.type == DNS_A && record.data_length == 4) ||
            (record.type == DNS_AAAA && record.data_length == 16)) {
            learn_address(lookup, data, record.data_length);
            has_address = true;
        }
        int offset = offset_of_target(record.type);
        if (offset < 0 || record.data_length <= (size_t)offset) continue;
        if (!dns_read_name(answer, length, record.data + (size_t)offset, target)) return;
        if (record.type == DNS_CNAME)
            strcpy(name, target);
        else
            aliases_learn(lookup->granted, target);
    }
    if (!has_address) aliases_learn(lookup->granted, name);
}

void lookup_accept(struct lookup *lookup, uint8_t *answer, size_t length) {
    dns_put16(answer, lookup->query.id);
    memcpy(answer + DNS_HEADER, lookup->asked + DNS_HEADER, lookup->query.question_length);
    if ((answer[3] & CODE) != DNS_NO_ERROR) return;
    learn(lookup, answer, length);
    if (rules()->effect == EFFECT_LEARN && dns_get16(answer + 6))
        learn_access(&(struct access){.type = "network", .kind = "lookup", .value = lookup->query.name});
}

size_t lookup_fail(const struct lookup *lookup, uint8_t refusal[static DNS_MOST_REFUSAL]) {
    return dns_write_refusal(refusal, lookup->asked, &lookup->query, DNS_SERVER_FAILURE, DNS_NO_SERVER);
}
