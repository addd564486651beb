/* Messages that the proxy does not forward before they are whole: events, which are judged (waas.h), and responses into
 * which failures of refused records are put. */
#ifndef RINGFENCE_HELD_H
#define RINGFENCE_HELD_H

#include "connection.h"

enum { HELD_MOST = 8 << 20 }; /* bytes of a message; Lambda's events end at 6 MB, and what is longer is not held */

/* Gives the end room for so many bytes, of which `kept` stay. False when it can't be had. */
bool held_make_room(struct end *end, size_t size);

/* Judges the event that the upstream's end holds, or gives up on it when it is not `whole`. True: its end's bytes,
 * which may have changed, are to be forwarded. False: the function does not get it, and the request that tells the
 * Runtime API so lies in the upstream's buffer, of `errand_length`. */
bool held_judge(struct connection *connection, bool whole);

/* Puts the failures of its invocation into the response that the client's end holds. */
void held_merge(struct connection *connection);

#endif
