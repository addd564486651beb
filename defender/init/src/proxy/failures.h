/* The records that were kept from the function, by invocation: they are put into its response, so that the service
 * knows that they failed. */
#ifndef RINGFENCE_FAILURES_H
#define RINGFENCE_FAILURES_H

#include "span.h"

/* Keeps a copy until it is dropped; what waits longest is forgotten when too much waits (an invocation that timed out
 * never responds). False when there is no memory for it. */
bool failures_keep(struct span request_id, struct span failures);

/* Empty when there are none. */
struct span failures_of(struct span request_id);

void failures_drop(struct span request_id);

#endif
