/* The resolver over UDP. */
#ifndef RINGFENCE_RESOLVER_UDP_H
#define RINGFENCE_RESOLVER_UDP_H

#include <stdint.h>

#include "rules-network.h"

enum { RESOLVER_MOST_ASKED = 1232 /* bytes of a query */ };

/* Opens it at the loopback address of AF_INET or AF_INET6. Returns its port, 0 when it could not be opened. */
uint16_t resolver_udp_open(int family);

/* Takes a query as if it had come from the client, an address on loopback: judges it, and refuses it at once. */
void resolver_udp_take(const struct endpoint *client, const uint8_t *query, size_t length);

/* Asks for what was taken so and not refused. */
void resolver_udp_ask_judged(void);

#endif
