#include "lookup.h"

#include <stdio.h>
#include <string.h>

#include "aliases.h"
#include "answers.h"
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

/* What is against the name, and with which effect; NULL: nothing. */
static const char *find_objection(struct lookup *lookup, enum effect *effect) {
    *effect = rules()->effect;
    bool is_named = is_allowed(lookup);
    enum effect on_pool = effect_on_pool(lookup->query.name);
    if (on_pool != EFFECT_DISABLE && (is_named || *effect != EFFECT_PREVENT)) {
        *effect = on_pool;
        return "it is the name of a crypto-miners' pool";
    }
    return is_named ? NULL : "no outbound entry names it";
}

enum lookup_step lookup_begin(struct lookup *lookup, const uint8_t *message, size_t length, const struct asker *asker,
                              uint8_t refusal[static DNS_MOST_REFUSAL], size_t *refusal_length) {
    struct dns_query *query = &lookup->query;
    enum dns_reason reason = DNS_NO_REASON;
    enum dns_code code = dns_read_query(message, length, query);
    if (code == DNS_IGNORE) return LOOKUP_IGNORE;
    memcpy(lookup->asked, message, DNS_HEADER + query->question_length);
    if (code == DNS_NO_ERROR) {
        enum effect effect;
        const char *objection = find_objection(lookup, &effect);
        bool counts = objection && (effect == EFFECT_ALERT || effect == EFFECT_PREVENT);
        if (counts && !is_search(query->name)) tell_not_allowed(query->name, asker, effect, objection);
        if (counts && effect == EFFECT_PREVENT) {
            code = DNS_NO_SUCH_NAME;
            reason = DNS_BLOCKED;
        }
    }
    if (code != DNS_NO_ERROR) {
        *refusal_length = dns_write_refusal(refusal, lookup->asked, query, code, reason);
        return LOOKUP_REFUSE;
    }
    if (rules()->effect != EFFECT_DISABLE && lookup_meter_is_exceeded(query->name)) tell_many(query->name, asker);
    return LOOKUP_FORWARD;
}

void lookup_accept(struct lookup *lookup, uint8_t *answer, size_t length) {
    dns_put16(answer, lookup->query.id);
    memcpy(answer + DNS_HEADER, lookup->asked + DNS_HEADER, lookup->query.question_length);
    if ((answer[3] & CODE) != DNS_NO_ERROR) return;
    answers_learn(names, &lookup->query, lookup->granted, answer, length);
    if (rules()->effect == EFFECT_LEARN && dns_get16(answer + 6))
        learn_access(&(struct access){.type = "network", .kind = "lookup", .value = lookup->query.name});
}

size_t lookup_fail(const struct lookup *lookup, uint8_t refusal[static DNS_MOST_REFUSAL]) {
    return dns_write_refusal(refusal, lookup->asked, &lookup->query, DNS_SERVER_FAILURE, DNS_NO_SERVER);
}
