/* Sockets that lead to the init's resolver instead of the name server which they asked for. */
#ifndef RINGFENCE_REDIRECT_H
#define RINGFENCE_REDIRECT_H

#include "peer.h"

/* Puts the resolver's address in place of a name server's (port 53), to which the socket is about to connect or send.
 * False for any other address. */
bool redirect_lookup(struct peer *peer, const struct endpoint *endpoint, int socket);

/* Of what was received: puts the name server's address, for which the socket was meant, in place of the resolver's. */
void redirect_source(struct peer *source, int socket);

#endif
