/* Variables that bring other code into an allowed program (LD_PRELOAD, LD_AUDIT), or another policy into an init. The
 * runtime may have some from its platform, and its children inherit them; others are somebody's attack. */
#ifndef RINGFENCE_LOADER_VARIABLES_H
#define RINGFENCE_LOADER_VARIABLES_H

#include <stdbool.h>
#include <sys/types.h>

/* The process, which is stopped at its exec, belongs to the runtime's start: what it has is as deployed. */
void loader_variables_adopt(pid_t process);

/* From here on nothing is adopted: every program has to have just these settings (two), which bring the guard library.
 */
void loader_variables_require(const char *setting);

/* Whether the process, which is stopped at its exec, has none that were not adopted, and all that are required if it is
 * to be `with_required`. */
bool loader_variables_are_known(pid_t process, bool with_required);

#endif
