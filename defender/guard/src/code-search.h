/* Bytes of x86-64 machine code that could begin what is looked for, 16 at a time: each start of a program waits for it.
 * The guard is built without vector registers, as a system call keeps them; here they are used, and kept. */
#ifndef RINGFENCE_CODE_SEARCH_H
#define RINGFENCE_CODE_SEARCH_H

#include "site.h"

#if defined(__x86_64__)

/* Where the next syscall instruction's bytes (0f 05) are at or after `at`, or the code's size. */
size_t code_find_call(const struct code *code, size_t at);

enum { CODE_MARKED = 1024, CODE_MARKS = CODE_MARKED / 64 };

/* A bit for each of CODE_MARKED bytes with which a jump or a call begins that leads anywhere: e8, e9, 0f (80 to 8f).
 * One byte more than these is read. */
void code_mark_long_jumps(const uint8_t *bytes, uint64_t marks[static CODE_MARKS]);

/* The same of one byte, by the one behind it. */
static inline bool code_is_long_jump(const uint8_t *at) {
    return (at[0] & 0xfe) == 0xe8 || (at[0] == 0x0f && (at[1] & 0xf0) == 0x80);
}

#endif

#endif
