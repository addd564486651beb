/* What guarded processes send where they say, and not where a connection says: sendto, sendmsg, sendmmsg. */
#ifndef RINGFENCE_SEND_H
#define RINGFENCE_SEND_H

#include "answer.h"

/* Answers the request, now or later. Takes over `socket`, this process's copy of the descriptor. */
void send_decide(const struct request *request, const struct policy *policy, int socket);

/* Gives back what sending needed, when there is nothing more to send. */
void send_release_memory(void);

#endif
