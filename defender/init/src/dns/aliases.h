/* Names to which an answer led on (CNAME, SRV, MX, SVCB): who asked for the first may ask for the second. */
#ifndef RINGFENCE_ALIASES_H
#define RINGFENCE_ALIASES_H

/* Remembers that `name` led to `target`; of the 64 that there is room for, the oldest goes. */
void aliases_learn(const char *name, const char *target);

/* The name that led to `target`, or NULL. */
const char *aliases_find(const char *target);

#endif
