/* How code of x86_64 tells whether the kernel answered an error. */
#ifndef RINGFENCE_RESULT_CHECK_H
#define RINGFENCE_RESULT_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* cmp $-4095 or $-4096, %rax or %eax. */
static inline bool is_compared_with_errors(const uint8_t *after, size_t left) {
    if (left && after[0] == 0x48) after++, left--;
    return left >= 5 && after[0] == 0x3d && after[1] <= 1 && memcmp(after + 2, "\xf0\xff\xff", 3) == 0;
}

/* cmp with one error, which is a negative number, or test, of %rax or %eax. */
static inline bool is_compared_with_one(const uint8_t *after, size_t left) {
    if (left && after[0] == 0x48) after++, left--;
    if (left >= 3 && after[0] == 0x83 && after[1] == 0xf8) return after[2] >= 0x80;
    return left >= 2 && after[0] == 0x85 && after[1] == 0xc0;
}

#endif
