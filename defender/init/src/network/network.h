/* Sockets: where guarded processes may connect, send and listen. */
#ifndef RINGFENCE_NETWORK_H
#define RINGFENCE_NETWORK_H

#include "answer.h"

/* Answers the request, now or later. */
void network_decide(const struct request *request, const struct policy *policy);

#endif
