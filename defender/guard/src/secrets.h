/* Keeps the variables that the policy hides where this process finds them, and /proc/PID/environ does not. */
#ifndef RINGFENCE_GUARD_SECRETS_H
#define RINGFENCE_GUARD_SECRETS_H

#include "rules-secrets.h"

/* Moves them out of the stack's beginning, which the file shows. */
void secrets_hide(const struct secret_rules *rules, char **environment);

#endif
