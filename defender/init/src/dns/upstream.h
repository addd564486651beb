/* One query to the name servers of this machine, of the init's own making: own id, own port, each server in turn. */
#ifndef RINGFENCE_UPSTREAM_H
#define RINGFENCE_UPSTREAM_H

#include "dns-message.h"
#include "loop.h"
#include "name-servers.h"

enum { UPSTREAM_PREFIX = 2 /* the length in front of a message over TCP */ };

struct upstream {
    struct loop_source socket;
    struct loop_timer timer;
    const struct dns_query *query;
    uint8_t *stream; /* over TCP: room for UPSTREAM_PREFIX + DNS_MOST_MESSAGE bytes; over UDP NULL */
    /* Called once, from the loop or from within upstream_ask, with an answer that is well-formed; length 0: no server
     * gave any. */
    void (*ended)(struct upstream *upstream, uint8_t *answer, size_t length);
    uint8_t attempt;
    bool is_sent;
    uint32_t moved; /* bytes over TCP of what is sent, then of what is received */
    uint8_t asked[UPSTREAM_PREFIX + DNS_MOST_QUERY];
    uint32_t asked_length;
};

/* Which servers are asked; kept by reference. */
void upstream_open(const struct name_servers *servers);

/* `query`, `stream` and `ended` are set. */
void upstream_ask(struct upstream *upstream);

/* Closes what answered queries have left open; when nothing has been asked for a while. */
void upstream_close_spent(void);

/* Ends it without calling `ended`. */
void upstream_cancel(struct upstream *upstream);

#endif
