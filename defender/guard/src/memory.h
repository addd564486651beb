/* Mappings: files that are mapped as code, memory that becomes code, and the guard's own. */
#ifndef RINGFENCE_MEMORY_H
#define RINGFENCE_MEMORY_H

#include "call.h"

enum verdict memory_map(struct call *call);

/* munmap, madvise: calls on what is mapped at the first argument. */
enum verdict memory_change(struct call *call);
enum verdict memory_protect(struct call *call); /* mprotect, pkey_mprotect */
enum verdict memory_move(struct call *call);    /* mremap */
enum verdict memory_attach(struct call *call);  /* shmat */

#endif
