/* The runtime's own start: what its script calls on its way to the runtime is not asked of the policy. */
#ifndef RINGFENCE_RUNTIME_START_H
#define RINGFENCE_RUNTIME_START_H

#include <stdbool.h>

/* Whether this process may start the program because the runtime still starts: it is the shell of the runtime's script
 * or a fork of that shell, or a launcher that starts itself again. */
bool runtime_start_includes(const char *program);

#endif
