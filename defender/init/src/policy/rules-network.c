#include "rules-network.h"

#include "glob.h"
#include "pattern.h"

enum { FLAG_METADATA = 1, MAX_NAME = 253, MAX_UNIX = 108 /* sun_path, unix(7) */ };
enum destination { TO_ANY, TO_IPV4, TO_IPV6, TO_DOMAIN };

struct outbound {
    enum destination kind;
    uint8_t prefix; /* bits */
    uint16_t from, to;
    struct span text; /* the address, or the domain's glob */
};

struct local {
    uint8_t kind;
    struct span text;
};

static const uint8_t ipv4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
static const uint8_t nat64_prefix[12] = {0, 0x64, 0xff, 0x9b}; /* RFC 6052: leads to the IPv4 address at its end */

/* EC2's and Azure's and Google's, ECS's, EKS's, in both families. */
static const uint8_t metadata_ipv4[][4] = {{169, 254, 169, 254}, {169, 254, 170, 2}, {169, 254, 170, 23}};
static const uint8_t metadata_ipv6[][16] = {{0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54},
                                            {0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x23}};
static const char metadata_name[] = "metadata.google.internal";

static bool is_sound_outbound(const struct outbound *outbound) {
    size_t length = outbound->text.length, prefix = outbound->prefix;
    if (outbound->from > outbound->to) return false;
    switch (outbound->kind) {
    case TO_ANY:
        return length == 0 && prefix == 0;
    case TO_IPV4:
        return length == 4 && prefix <= 32;
    case TO_IPV6:
        return length == 16 && prefix <= 128;
    case TO_DOMAIN:
        return length > 0 && length <= MAX_NAME && prefix == 0;
    }
    return false;
}

static struct outbound read_outbound(struct reader *reader) {
    struct outbound outbound = {.kind = (enum destination)read_number(reader, 1),
                                .prefix = (uint8_t)read_number(reader, 1),
                                .from = (uint16_t)read_number(reader, 2),
                                .to = (uint16_t)read_number(reader, 2)};
    outbound.text = read_span(reader, (size_t)read_number(reader, 2));
    if (!is_sound_outbound(&outbound)) reader->failed = true;
    return outbound;
}

static struct local read_local(struct reader *reader) {
    struct local local = {.kind = (uint8_t)read_number(reader, 1)};
    read_zero(reader, 1);
    local.text = read_span(reader, (size_t)read_number(reader, 2));
    bool sound = local.kind <= PATTERN_GLOB && local.text.length > 0 && local.text.length <= MAX_UNIX &&
                 (local.text.bytes[0] == '/' || local.text.bytes[0] == '@');
    if (!sound) reader->failed = true;
    return local;
}

const char *network_rules_read(struct network_rules *rules, struct span section) {
    struct reader reader = reader_of(section);
    uint8_t effect = (uint8_t)read_number(&reader, 1), flags = (uint8_t)read_number(&reader, 1);
    *rules = (struct network_rules){.effect = (enum effect)effect,
                                    .metadata = flags & FLAG_METADATA,
                                    .listen_count = (uint16_t)read_number(&reader, 2),
                                    .outbound_count = (uint16_t)read_number(&reader, 2),
                                    .unix_count = (uint16_t)read_number(&reader, 2)};
    if (reader.failed || effect > EFFECT_LEARN || flags & ~FLAG_METADATA)
        return "the policy's network section is not well-formed";
    rules->listen = read_span(&reader, 4u * rules->listen_count);
    struct reader ports = reader_of(rules->listen);
    while (ports.left && !reader.failed)
        if (read_number(&ports, 2) > read_number(&ports, 2)) reader.failed = true;
    rules->outbound = (struct span){reader.at, reader.left};
    for (uint16_t i = 0; i < rules->outbound_count && !reader.failed; i++) read_outbound(&reader);
    rules->local = (struct span){reader.at, reader.left};
    for (uint16_t i = 0; i < rules->unix_count && !reader.failed; i++) read_local(&reader);
    if (reader.failed) return "an entry of the policy's network section is not well-formed";
    return reader.left ? "the policy's network section has a wrong length" : NULL;
}

bool network_rules_match_listen(const struct network_rules *rules, uint16_t port) {
    struct reader reader = reader_of(rules->listen);
    while (reader.left) {
        uint64_t from = read_number(&reader, 2), to = read_number(&reader, 2);
        if (port >= from && port <= to) return true;
    }
    return false;
}

bool address_is_ipv4(const uint8_t address[static 16]) { return memcmp(address, ipv4_prefix, 12) == 0; }

bool address_is_loopback(const uint8_t address[static 16]) {
    static const uint8_t unspecified[16], loopback[16] = {[15] = 1};
    if (address_is_ipv4(address)) return address[12] == 127 || memcmp(address + 12, unspecified, 4) == 0;
    return memcmp(address, unspecified, 16) == 0 || memcmp(address, loopback, 16) == 0;
}

static bool is_one_of(const struct endpoint *list, uint8_t count, const struct endpoint *endpoint) {
    for (uint8_t i = 0; i < count; i++)
        if (memcmp(list[i].address, endpoint->address, 16) == 0 &&
            (!endpoint->port || !list[i].port || list[i].port == endpoint->port))
            return true;
    return false;
}

static bool is_metadata(const uint8_t address[static 16]) {
    bool holds_ipv4 = address_is_ipv4(address) || memcmp(address, nat64_prefix, 12) == 0;
    for (size_t i = 0; holds_ipv4 && i < sizeof metadata_ipv4 / sizeof metadata_ipv4[0]; i++)
        if (memcmp(metadata_ipv4[i], address + 12, 4) == 0) return true;
    for (size_t i = 0; i < sizeof metadata_ipv6 / sizeof metadata_ipv6[0]; i++)
        if (memcmp(metadata_ipv6[i], address, 16) == 0) return true;
    return false;
}

static bool has_prefix(const uint8_t *address, const uint8_t *prefix, uint8_t bits) {
    uint8_t whole = bits / 8, rest = bits % 8;
    if (memcmp(address, prefix, whole) != 0) return false;
    return !rest || !((address[whole] ^ prefix[whole]) >> (8 - rest));
}

/* `name` is one that the address was resolved from; bytes NULL: the address itself is asked for. */
static bool leads_to(const struct outbound *outbound, const uint8_t address[static 16], struct span name) {
    if (name.bytes) return outbound->kind == TO_DOMAIN && glob_match_text(outbound->text, name);
    bool is_ipv4 = address_is_ipv4(address);
    switch (outbound->kind) {
    case TO_ANY:
        return true;
    case TO_IPV4:
        return is_ipv4 && has_prefix(address + 12, outbound->text.bytes, outbound->prefix);
    case TO_IPV6:
        return !is_ipv4 && has_prefix(address, outbound->text.bytes, outbound->prefix);
    case TO_DOMAIN:
        break;
    }
    return false;
}

static enum network_match match_outbound(const struct network_rules *rules, const struct endpoint *endpoint,
                                         struct span name) {
    enum network_match match = NETWORK_NOT_NAMED;
    struct reader reader = reader_of(rules->outbound);
    for (uint16_t i = 0; i < rules->outbound_count; i++) {
        struct outbound outbound = read_outbound(&reader);
        if (!leads_to(&outbound, endpoint->address, name)) continue;
        if (!endpoint->port || (endpoint->port >= outbound.from && endpoint->port <= outbound.to))
            return NETWORK_ALLOWED;
        match = NETWORK_OTHER_PORT;
    }
    return match;
}

enum network_match network_rules_match_endpoint(const struct network_rules *rules,
                                                const struct network_surroundings *surroundings,
                                                const struct names *names, const struct endpoint *endpoint) {
    if (is_one_of(surroundings->services, surroundings->service_count, endpoint)) return NETWORK_ALLOWED;
    if (is_metadata(endpoint->address) ||
        is_one_of(surroundings->credentials, surroundings->credential_count, endpoint))
        return rules->metadata ? NETWORK_ALLOWED : NETWORK_METADATA;
    bool passes_on = is_one_of(surroundings->resolvers, surroundings->resolver_count, endpoint);
    if (address_is_loopback(endpoint->address) && !passes_on) return NETWORK_ALLOWED;
    struct span name = {NULL, 0};
    uint32_t cursor = 0;
    enum network_match best = NETWORK_NOT_NAMED;
    do {
        enum network_match match = match_outbound(rules, endpoint, name);
        if (match == NETWORK_ALLOWED) return match;
        if (match != NETWORK_NOT_NAMED) best = match;
        name = names_next(names, endpoint->address, &cursor);
    } while (name.bytes);
    return best;
}

const char *network_match_reason(enum network_match match) {
    switch (match) {
    case NETWORK_METADATA:
        return "it is an endpoint for instance metadata or credentials";
    case NETWORK_OTHER_PORT:
        return "the policy allows other ports of it only";
    default:
        return "no outbound entry holds it, or a name that it was resolved from";
    }
}

bool network_rules_match_lookup(const struct network_rules *rules, struct span name) {
    if (span_equals(name, metadata_name)) return rules->metadata;
    struct reader reader = reader_of(rules->outbound);
    for (uint16_t i = 0; i < rules->outbound_count; i++) {
        struct outbound outbound = read_outbound(&reader);
        if (outbound.kind == TO_ANY || (outbound.kind == TO_DOMAIN && glob_match_text(outbound.text, name)))
            return true;
    }
    return false;
}

bool network_rules_match_unix(const struct network_rules *rules, struct span address,
                              bool (*leads_there)(const void *there, struct span literal), const void *there) {
    struct reader reader = reader_of(rules->local);
    for (uint16_t i = 0; i < rules->unix_count; i++) {
        struct local local = read_local(&reader);
        bool is_path = local.kind == PATTERN_LITERAL && local.text.bytes[0] == '/';
        if (local.kind == PATTERN_GLOB ? glob_match_path(local.text, address) : span_is(local.text, address))
            return true;
        if (is_path && leads_there && leads_there(there, local.text)) return true;
    }
    return false;
}
