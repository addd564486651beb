/* Room for paths and lists, apart from the stack of whoever calls, which may be a few kilobytes. Taken without locks,
 * since a signal may come in between; at most for one system call. */
#ifndef RINGFENCE_SCRATCH_H
#define RINGFENCE_SCRATCH_H

#include <stddef.h>
#include <stdint.h>

#include "library-share.h"

enum { SCRATCH_POINTERS = 2048, SCRATCH_PATH = LIBRARY_PATH };

struct scratch {
    int32_t owner;   /* thread; 0: free */
    uintptr_t frame; /* of the owner's stack */
    char asked[SCRATCH_PATH];
    char path[SCRATCH_PATH];
    char work[SCRATCH_PATH];
    char record[LIBRARY_RECORD];
    const char *pointers[SCRATCH_POINTERS];
};

/* Waits until one is free. */
struct scratch *scratch_take(void);
void scratch_give(struct scratch *scratch);

/* Before an exec that may replace a process which shares memory with its parent (vfork): the kernel frees it then. */
void scratch_leave_to_kernel(struct scratch *scratch);
void scratch_take_back(void);

#endif
