/* Gives pages back to the kernel, so that what was needed for a moment does not stay resident. */
#ifndef RINGFENCE_MEMORY_H
#define RINGFENCE_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

/* A static object that begins on a page and fills whole pages; it reads as zeroes afterwards. */
static inline void memory_release(void *object, size_t size) { madvise(object, size, MADV_DONTNEED); }

/* What deeper calls have left on the stack. */
__attribute__((noinline)) static inline void memory_release_stack(void) {
    enum { PAGE = 4096, DEEPEST = 16 * PAGE };
    uintptr_t here = (uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)(PAGE - 1);
    for (uintptr_t page = here - DEEPEST; page < here - PAGE; page += PAGE) madvise((void *)page, PAGE, MADV_DONTNEED);
}

#endif
