/* Sockets of guarded processes that lead to the init's resolver instead of the name server which they asked for. */
#ifndef RINGFENCE_REDIRECT_H
#define RINGFENCE_REDIRECT_H

#include "answer.h"
#include "socket-address.h"

/* Puts the resolver's address in place of a name server's (port 53), to which `socket`, this process's copy of the
 * request's descriptor, is about to connect or send. False for any other address. */
bool redirect_lookup(const struct request *request, int socket, struct socket_address *address);

/* Whether there can be any. */
bool redirect_was_used(void);

/* The name server that the socket was meant for when it was last redirected; false when it never was. */
bool redirect_find_server(int socket, struct socket_address *server);

/* Whether the address is the resolver's over UDP. */
bool redirect_is_resolver(const struct socket_address *address);

/* The thread with a redirected socket at this port; 0: unknown. */
pid_t redirect_find_thread(uint16_t port);

#endif
