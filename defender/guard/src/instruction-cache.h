/* After code was written: on aarch64 the cache of instructions has to forget what it held. */
#ifndef RINGFENCE_INSTRUCTION_CACHE_H
#define RINGFENCE_INSTRUCTION_CACHE_H

#include <stddef.h>
#include <stdint.h>

static inline void instruction_cache_forget(const void *start, size_t size) {
#if defined(__aarch64__)
    enum { SMALLEST_LINE = 16 };
    uintptr_t first = (uintptr_t)start, end = first + size;
    for (uintptr_t at = first; at < end; at += SMALLEST_LINE) __asm__ volatile("dc cvau, %0" ::"r"(at) : "memory");
    __asm__ volatile("dsb ish" ::: "memory");
    for (uintptr_t at = first; at < end; at += SMALLEST_LINE) __asm__ volatile("ic ivau, %0" ::"r"(at) : "memory");
    __asm__ volatile("dsb ish\n\tisb" ::: "memory");
#else
    (void)start, (void)size;
#endif
}

#endif
