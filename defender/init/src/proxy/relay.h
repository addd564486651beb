/* Moves the bytes of a connection from one side to the other, exchange after exchange. */
#ifndef RINGFENCE_RELAY_H
#define RINGFENCE_RELAY_H

#include "connection.h"

/* Moves what can be moved now. */
void relay_run(struct connection *connection);

/* Ends a connection whose Runtime API does not answer in time. */
void relay_time_out(struct connection *connection);

#endif
