/* The guarded runtime's process: under a seccomp filter whose notifications this process answers (tier T0), with the
 * guard library in it (T2), or both, where the library holds the network only. */
#ifndef RINGFENCE_GUARD_H
#define RINGFENCE_GUARD_H

#include <stdbool.h>
#include <sys/types.h>

#include "policy.h"

struct guard {
    pid_t child;
    bool filter;               /* the child runs under the filter, and its notifications come here */
    unsigned sections;         /* that are watched; a filter can't be extended later */
    unsigned by_library;       /* of these, what the guard library holds, which the child will have */
    int error;                 /* errno of what kept the filter from being installed, else 0 */
    const char *library_error; /* why the child has no library, in words */
    int go;                    /* the child waits for a byte from here before it starts the runtime */
    bool is_let_go;            /* it has it: the loader works, and then the guard library waits in it */
};

/* Forks; the child installs the filter for those of these sections that the platform lets the init guard (none: no
 * filter) and waits. A child that can't, or whose descriptors can't be copied, is thrown away for one with the library.
 * Returns false when not even a fork was possible. */
bool guard_start(struct guard *guard, char **arguments, unsigned sections);

/* Lets the child's loader work where the library stops it before the function's own code. What may run before the
 * library, such as a resolver of a GNU_IFUNC, must find the init closed. */
void guard_load(struct guard *guard);

/* Lets the child run its command: none of the function's own code has run before. */
void guard_release(struct guard *guard);

/* The library is in the runtime, or will never be. Returns whether it is. */
bool guard_check_library(struct guard *guard);

/* The policy that decides from now on; kept by reference. */
void guard_use_policy(const struct policy *policy);

const struct policy *guard_policy(void);

/* Takes notifications again when verifications that were under way have ended; to be called after each turn of the
 * loop. */
void guard_resume(void);

#endif
