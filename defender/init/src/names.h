/* Which addresses were resolved from which names, by the init's own resolver. */
#ifndef RINGFENCE_NAMES_H
#define RINGFENCE_NAMES_H

#include "span.h"

/* Plain data without pointers, so that the guard library can map it. */
struct names {
    uint32_t count;
};

/* The next name (lower case, no dot at the end) from which the address was resolved; `cursor` is 0 at first. Its bytes
 * are NULL when there is no further one. IPv4 addresses are given as ::ffff:a.b.c.d. */
struct span names_next(const struct names *names, const uint8_t address[static 16], uint32_t *cursor);

#endif
