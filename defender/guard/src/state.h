/* What the guard knows in this process. */
#ifndef RINGFENCE_STATE_H
#define RINGFENCE_STATE_H

#include <stdint.h>

#include "library-share.h"
#include "policy.h"

struct state {
    const struct library_share *share; /* mapped for reading */
    int32_t share_fd, audit_fd;
    int32_t process;  /* that started as this program */
    char setting[32]; /* RINGFENCE_GUARD=… */
};

extern struct state state;

/* Finds what the init shares by the environment. Returns NULL, or in words why there is nothing. */
const char *state_open(char **environment);

/* The policy in force. Keeps valid while one more comes; whoever keeps it beyond a call is wrong. */
const struct policy *state_policy(void);

/* Which one that is, of those that there have been. */
uint32_t state_policy_number(void);

/* What the patterns of a policy that state_policy gave mean. */
const struct variables *state_variables(const struct policy *policy);

/* Whether the runtime's own start is over. */
static inline bool state_started(void) { return __atomic_load_n(&state.share->started, __ATOMIC_ACQUIRE); }

#endif
