/* Gives pages back to the kernel, so that what was needed for a moment does not stay resident. */
#ifndef RINGFENCE_MEMORY_H
#define RINGFENCE_MEMORY_H

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MEMORY_PAGE = 4096 };

/* A static object that begins on a page. Its neighbours must not share its last page, so it fills whole pages; nothing
 * happens where the kernel's pages are larger than that. What it held is lost either way. */
#define memory_release(object)                                                                                         \
    do {                                                                                                               \
        _Static_assert(sizeof(object) % MEMORY_PAGE == 0, #object " does not fill whole pages");                       \
        if (getpagesize() == MEMORY_PAGE) madvise(&(object), sizeof(object), MADV_DONTNEED);                           \
    } while (0)

/* What deeper calls have left on the stack. */
__attribute__((noinline, unused)) static void memory_release_stack(void) {
    enum { DEEPEST = 16 * MEMORY_PAGE };
    uintptr_t here = (uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)(MEMORY_PAGE - 1);
    madvise((void *)(here - DEEPEST), DEEPEST - MEMORY_PAGE, MADV_DONTNEED);
}

#endif
