/* Receiving with the address of whoever sent: what comes from the init's resolver bears the address of the name server
 * that was asked, since resolvers take no answer from anybody else. */
#ifndef RINGFENCE_RECEIVE_H
#define RINGFENCE_RECEIVE_H

#include "answer.h"

/* Answers the request, now or later. Nothing is decided here: whatever is not about the resolver, the kernel does. */
void receive_decide(const struct request *request);

#endif
