/* The network section of a policy. */
#ifndef RINGFENCE_RULES_NETWORK_H
#define RINGFENCE_RULES_NETWORK_H

#include "bytes.h"
#include "effect.h"
#include "names.h"

struct network_rules {
    enum effect effect; /* disable also when the policy has no such section */
    bool metadata;      /* the endpoints for instance metadata and credentials may be reached */
    uint16_t listen_count, outbound_count, unix_count;
    struct span listen, outbound, local; /* checked; `local` are the entries for AF_UNIX */
};

/* Where a socket leads. IPv4 is ::ffff:a.b.c.d. */
struct endpoint {
    uint8_t address[16];
    uint16_t port; /* host byte order; 0: any, where that makes sense */
};

enum { MAX_SERVICES = 6, MAX_CREDENTIAL_ENDPOINTS = 4, MAX_LOCAL_RESOLVERS = 3 };

/* What the policy does not name and the platform does. */
struct network_surroundings {
    struct endpoint services[MAX_SERVICES]; /* Runtime API, extensions API, X-Ray: always allowed */
    uint8_t service_count;
    struct endpoint credentials[MAX_CREDENTIAL_ENDPOINTS]; /* beside the well-known ones */
    uint8_t credential_count;
    struct endpoint resolvers[MAX_LOCAL_RESOLVERS]; /* on loopback, and yet they pass lookups on; any port */
    uint8_t resolver_count;
};

enum network_match { NETWORK_ALLOWED, NETWORK_NOT_NAMED, NETWORK_OTHER_PORT, NETWORK_METADATA };

/* Reads the section's bytes, which it goes on pointing into. Returns NULL, or in words what is wrong. */
const char *network_rules_read(struct network_rules *rules, struct span section);

/* Whether this port (TCP or UDP) may be listened on. */
bool network_rules_match_listen(const struct network_rules *rules, uint16_t port);

/* Whether the endpoint may be reached; port 0 asks whether any port of the address may be. */
enum network_match network_rules_match_endpoint(const struct network_rules *rules,
                                                const struct network_surroundings *surroundings,
                                                const struct names *names, const struct endpoint *endpoint);

/* Why an endpoint may not be reached, in words. */
const char *network_match_reason(enum network_match match);

/* Whether the name (lower case, no dot at the end) may be looked up. */
bool network_rules_match_lookup(const struct network_rules *rules, struct span name);

/* Whether the address of AF_UNIX may be reached: an absolute path, or `@` and an abstract name. `leads_there`, if not
 * NULL, says whether a literal of the policy leads to the same socket through symlinks. */
bool network_rules_match_unix(const struct network_rules *rules, struct span address,
                              bool (*leads_there)(const void *there, struct span literal), const void *there);

bool address_is_ipv4(const uint8_t address[static 16]);

/* 127.0.0.0/8, ::1, and the unspecified addresses, which lead there. */
bool address_is_loopback(const uint8_t address[static 16]);

#endif
