/* Leads the watched system calls of this process's code to guard_enter. */
#ifndef RINGFENCE_PATCH_H
#define RINGFENCE_PATCH_H

#include <stdint.h>

#include "site.h"

struct patched {
    uint32_t sites;  /* whose call is watched, or can't be told */
    uint32_t missed; /* of those, for which there was no way */
    bool searched;   /* some C library's code was, for which the init has prepared none */
};

/* Patches the C library, the loader and what else is mapped. `environment`: as the kernel gave it. `watched`: numbers
 * of calls. */
struct patched patch_process(char **environment, const uint8_t watched[static CALL_NUMBERS / 8]);

/* Patches code of a file that was mapped since. `room`: PATCH_ROOM bytes to work in. */
enum { PATCH_ROOM = 16384 };
void patch_mapping(uint8_t *start, size_t size, const uint8_t watched[static CALL_NUMBERS / 8], void *room);

/* Whether [start, start + size) touches the guard's own pages, its trampolines or code that it patched. */
bool patch_holds(uintptr_t start, size_t size);

#endif
