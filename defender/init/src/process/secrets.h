/* Keeps the variables that the policy's secrets section names out of /proc/PID/environ and away from child processes
 * (docs/decisions/secrets-on-the-stack.md). */
#ifndef RINGFENCE_SECRETS_H
#define RINGFENCE_SECRETS_H

#include <sys/types.h>

#include "rules-secrets.h"

/* The names from now on; kept by reference. */
void secrets_use_rules(const struct secret_rules *rules);

/* What becomes of the variables of a process that is stopped (ptrace) at its exec, before its first instruction. */
enum secret_handling {
    SECRETS_HIDDEN, /* the process finds them as ever; nobody else does */
    SECRETS_REMOVED
};

/* False when some may have been left where they do not belong. */
bool secrets_apply(pid_t process, enum secret_handling handling);

/* Takes them out of this process's own environment. */
void secrets_forget(void);

#endif
