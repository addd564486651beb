/* Mappings: files that are mapped as code, and the guard's own memory. */
#ifndef RINGFENCE_MEMORY_H
#define RINGFENCE_MEMORY_H

#include "call.h"

enum verdict memory_map(struct call *call);

/* munmap, mprotect, pkey_mprotect, madvise: calls on what is mapped at the first argument. */
enum verdict memory_change(struct call *call);
enum verdict memory_move(struct call *call); /* mremap */

#endif
