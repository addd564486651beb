/* Counts the different names that leave, since each can carry a little data to whoever answers for its domain. */
#ifndef RINGFENCE_LOOKUP_METER_H
#define RINGFENCE_LOOKUP_METER_H

#include <stdbool.h>

enum { LOOKUP_METER_MOST = 500 /* names a minute */ };

/* Counts the name. True once in a minute in which there were more than LOOKUP_METER_MOST. */
bool lookup_meter_is_exceeded(const char *name);

#endif
