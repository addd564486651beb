/* The watched system calls, and who decides about each. */
#ifndef RINGFENCE_DECIDE_H
#define RINGFENCE_DECIDE_H

#include "call.h"
#include "site.h"

/* Fills in the calls that are watched when these sections (a set of enum section) are the library's to decide; `alone`:
 * no filter keeps the process from what no policy allows. */
void decide_watch(unsigned sections, bool alone);

/* Those that are, by number: CALL_NUMBERS bits. */
const uint8_t *decide_watched(void);

/* The name of a watched call. */
const char *decide_name(const struct call *call);

/* Called by enter-*.S for what trampolines let through: watched calls and numbers out of range. */
enum verdict guard_decide(struct call *call);

#endif
