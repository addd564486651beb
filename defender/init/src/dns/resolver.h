/* The name server of what is guarded: on loopback, over UDP and TCP. It answers for the names that the policy allows,
 * and remembers their addresses. */
#ifndef RINGFENCE_RESOLVER_H
#define RINGFENCE_RESOLVER_H

#include <stdbool.h>
#include <stdint.h>

#include "names.h"

/* Where it keeps the names, instead of memory of its own. Before it is opened. */
void resolver_keep_names(struct names *names);

/* Opens it; without IPv6 on this machine at 127.0.0.1 only. False when it could not be opened. */
bool resolver_open(void);

/* Its port at the loopback address of AF_INET or AF_INET6, for SOCK_DGRAM or SOCK_STREAM; 0: none. */
uint16_t resolver_port(int family, int type);

/* What was resolved so far. */
const struct names *resolver_names(void);

#endif
