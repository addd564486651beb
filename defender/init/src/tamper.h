/* What acts on the init, or would get round it. */
#ifndef RINGFENCE_TAMPER_H
#define RINGFENCE_TAMPER_H

#include "answer.h"

/* Answers the request. Acting on the init is refused and told whatever the policy says. */
void tamper_decide(const struct request *request, const struct policy *policy);

#endif
