/* The function's resolver: all lookups lead here. */
#ifndef RINGFENCE_RESOLVER_H
#define RINGFENCE_RESOLVER_H

#include "names.h"
#include "socket-address.h"

/* Puts the resolver's own address in place of that of any other one, for the socket that is about to connect or send
 * there. False when the address is none of a resolver (port 53). */
bool resolver_redirect(int socket, struct socket_address *address);

/* What was resolved. */
const struct names *resolver_names(void);

#endif
