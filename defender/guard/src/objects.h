/* The code of what the loader has mapped into this process, by the list that it keeps for debuggers. Reading that takes
 * no look into /proc, the first of which costs a new process some 25 µs. */
#ifndef RINGFENCE_OBJECTS_H
#define RINGFENCE_OBJECTS_H

#include <stdbool.h>

#include "site.h"

/* Takes one stretch of code, and the path of its file as the loader opened it. */
typedef void objects_take(void *context, const struct code *code, const char *path);

/* `environment`: as the kernel gave it, with the auxiliary vector behind it. Returns false when an
 * object of the list does not look as expected; those before it were taken. */
bool objects_each(char **environment, objects_take *take, void *context);

#endif
