/* Queries that guarded processes send to the resolver, given to it without the way over loopback. */
#ifndef RINGFENCE_HAND_OVER_H
#define RINGFENCE_HAND_OVER_H

#include "message.h"

/* Gives the resolver what a datagram socket is about to send, to `to` or, when that has no length, to where it is
 * connected; answers go to the socket. Returns the length of the query, or -1 when it has to be sent. */
ssize_t hand_over(int socket, const struct socket_address *to, const struct message *message);

#endif
