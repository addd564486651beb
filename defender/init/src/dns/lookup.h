/* One lookup by the function: what its policy says to it, and what is learned from its answer. Knows no sockets. */
#ifndef RINGFENCE_LOOKUP_H
#define RINGFENCE_LOOKUP_H

#include "dns-message.h"
#include "name-servers.h"
#include "names.h"
#include "policy.h"
#include "upstream.h"

struct lookup {
    struct upstream upstream;
    struct dns_query query;
    char granted[DNS_MOST_NAME + 1]; /* the name that the policy allows: the one asked for, or one that led to it */
    uint8_t asked[DNS_HEADER + DNS_MOST_QUESTION]; /* as the client wrote it */
};

/* Who sent a message. */
struct asker {
    const char *protocol; /* "udp", "tcp" */
    uint16_t port;        /* on loopback */
};

/* What there is to be done with a client's message. */
enum lookup_step { LOOKUP_IGNORE, LOOKUP_REFUSE, LOOKUP_FORWARD };

/* `names`: where addresses are remembered. `servers`: for the domains in which resolvers look for short names, too. */
void lookup_open(struct names *names, const struct name_servers *servers);

/* Reads and judges a message. With LOOKUP_REFUSE the answer stands in `refusal`, and its length in `refusal_length`. */
enum lookup_step lookup_begin(struct lookup *lookup, const uint8_t *message, size_t length, const struct asker *asker,
                              uint8_t refusal[static DNS_MOST_REFUSAL], size_t *refusal_length);

/* Makes a server's answer, which is well-formed, the client's, and remembers what it says. */
void lookup_accept(struct lookup *lookup, uint8_t *answer, size_t length);

/* Writes what the client gets when no server answered, or when there is no room for its query. Returns the length. */
size_t lookup_fail(const struct lookup *lookup, uint8_t refusal[static DNS_MOST_REFUSAL]);

#endif
