/* What acts on the init, or would get round it. */
#ifndef RINGFENCE_TAMPER_H
#define RINGFENCE_TAMPER_H

#include "answer.h"

/* Refuses and tells when the file is one of the init's own: in the package when it is to be changed, in /proc whatever
 * is wanted of its memory, variables or descriptors. */
bool tamper_refuse_file(const struct request *request, const char *path, bool changes);

/* Answers the request. Acting on the init is refused and told whatever the policy says. */
void tamper_decide(const struct request *request, const struct policy *policy);

#endif
