/* The code of what the loader has mapped into this process, by the list that it keeps for debuggers. Reading that takes
 * no look into /proc, the first of which costs a new process some 25 µs. */
#ifndef RINGFENCE_OBJECTS_H
#define RINGFENCE_OBJECTS_H

#include <stdbool.h>

#include "site.h"
#include "span.h"

/* One stretch of code; the path of its file as the loader opened it, and what its linker called it by (empty: unknown).
 */
struct loaded {
    struct code code;
    const char *path;
    struct span build_id;
};

typedef void objects_take(void *context, const struct loaded *loaded);

/* `environment`: as the kernel gave it, with the auxiliary vector behind it. Returns false when an
 * object of the list does not look as expected; those before it were taken. */
bool objects_each(char **environment, objects_take *take, void *context);

#endif
