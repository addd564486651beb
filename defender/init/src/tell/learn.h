/* The model: what was used while the policy learns, condensed, and told in audits of type model (docs/architecture.md).
 */
#ifndef RINGFENCE_LEARN_H
#define RINGFENCE_LEARN_H

#include "policy.h"
#include "verdict.h"

/* Takes the limits of the policy; what was learned so far stays. */
void learn_use_policy(const struct policy *policy);

/* Counts one use. */
void learn_access(const struct access *access);

/* An invocation has ended; learning may be over with it. */
void learn_invocation_ended(void);

/* Tells what has been counted and not told yet. */
void learn_flush(void);

#endif
