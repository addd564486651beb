/* Where a socket leads: what the policy says to it, and the address with which it is reached. */
#ifndef RINGFENCE_PEER_H
#define RINGFENCE_PEER_H

#include "answer.h"
#include "socket-address.h"

/* One address that a guarded process gave for a socket. */
struct peer {
    struct socket_address address; /* this process's copy; with it the operation is done */
    int handle;                    /* the file that a path of AF_UNIX leads to, which `address` then names; else -1 */
    bool redirected;               /* `address` is the resolver's, not the one that was given */
};

/* Asks the policy whether `socket`, this process's copy of the descriptor, may connect or send to the address. True
 * when it may; otherwise the request has been answered. peer_close in any case. */
bool peer_is_allowed(struct peer *peer, const struct request *request, const struct policy *policy, int socket);
void peer_close(struct peer *peer);

/* "tcp", "udp", "unix" … */
const char *socket_protocol(int socket);

#endif
