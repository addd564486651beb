/* The audit that says what is guarded here, how, and what is missing. */
#ifndef RINGFENCE_COVERAGE_H
#define RINGFENCE_COVERAGE_H

#include "guard.h"

/* `source`: where the policy came from. */
void coverage_tell(const struct guard *guard, const struct policy *policy, const char *source);

/* Why not all that the policy wants is guarded; NULL when it is. */
const char *coverage_missing(const struct guard *guard, const struct policy *policy);

#endif
