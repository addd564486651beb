/* The wall behind the file section: what Landlock can express of it, the kernel itself holds. */
#ifndef RINGFENCE_LANDLOCK_H
#define RINGFENCE_LANDLOCK_H

#include "policy.h"

/* The kernel's version of Landlock, 0 when there is none. */
int landlock_version(void);

/* Finds out what of the policy Landlock can hold; before the fork. Reading it can't where processes have the guard
 * library, which reads its own process's maps: no rule can name these. */
void landlock_plan(const struct policy *policy, bool with_library);

/* Puts the calling process behind the planned wall, or behind one that only keeps it from tracing the init; it must not
 * gain privileges any more. Returns 0 or -errno. */
int landlock_restrict(void);

/* Landlock could not be put up after all. */
void landlock_give_up(void);

/* Whether the kernel refuses by itself whatever these rules don't allow; a policy that came later is not held. */
bool landlock_holds(const struct policy *policy, enum file_access access);

/* Whether the wall stands in the way although the section lets it pass, so that it must be opened on behalf. */
bool landlock_exempts(const char *path);

#endif
