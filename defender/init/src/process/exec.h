/* Programs that guarded processes start. */
#ifndef RINGFENCE_EXEC_H
#define RINGFENCE_EXEC_H

#include "answer.h"

/* Answers an execve or execveat. */
void exec_decide(const struct request *request, const struct policy *policy);

/* Whether the first exec is through: only then is known what the following say. */
bool exec_has_settled(void);

/* Whether ptrace works for checking what runs after an exec: unknown, and taken to be so, until the first exec. */
bool exec_can_verify(void);

/* Whether the variables that the policy names as secrets are hidden, as far as execs until now show. */
bool exec_hides_secrets(void);

/* Gives back what an exec needed, when there are none any more. */
void exec_release_memory(void);

#endif
