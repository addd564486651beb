/* Addresses that guarded processes take for their sockets, and listening on them. */
#ifndef RINGFENCE_LISTEN_H
#define RINGFENCE_LISTEN_H

#include "answer.h"

/* Answer a bind or a listen. They take over `socket`, this process's copy of the descriptor. A port counts when
 * something can come in by it: of TCP at the listen, of UDP at the bind. */
void listen_decide_bind(const struct request *request, const struct policy *policy, int socket);
void listen_decide(const struct request *request, const struct policy *policy, int socket);

#endif
