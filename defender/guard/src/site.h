/* Places in machine code where the kernel is called, and how each is led through a trampoline. Pure: reads and writes
 * bytes. One implementation for each architecture. */
#ifndef RINGFENCE_SITE_H
#define RINGFENCE_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NUMBER_UNKNOWN = -1, TRAMPOLINE_SIZE = 80, CALL_NUMBERS = 512 };

/* A stretch of machine code at the address where it runs. */
struct code {
    uint8_t *bytes;
    size_t size;
};

struct site {
    uint32_t call;  /* offset of the instruction that calls the kernel */
    int32_t number; /* of the call, when the code in front says it */
    uint32_t at;    /* of the first byte that is replaced */
    uint8_t length; /* of what is replaced; 0: a jump does not fit here, or something leads into it */
    bool certain;   /* by what stands around it, it is a call, and not part of another instruction */
};

/* What the trampolines of one stretch of code share; lies in front of them. */
struct trampoline_head {
    uint64_t entry;                    /* address of guard_enter */
    uint8_t watched[CALL_NUMBERS / 8]; /* by number */
};

static inline bool number_is_watched(const uint8_t watched[static CALL_NUMBERS / 8], int32_t number) {
    return number < 0 || number >= CALL_NUMBERS || watched[number / 8] >> number % 8 & 1;
}

/* Finds the next call at or after `*from` and moves `*from` behind it; false when there is none. Leaves open what would
 * be replaced. */
bool site_next(const struct code *code, size_t *from, struct site *site);

/* Finds out what would be replaced, if no jump leads into it. */
void site_measure(const struct code *code, struct site *site);

/* Bytes that could be read as a jump, within the code. */
struct site_jump {
    size_t target;
    bool is_short; /* by one byte, so that many others look like it */
};

/* Finds the next one at or after `*from` and moves `*from` behind its beginning; false when there is none. */
bool site_next_jump(const struct code *code, size_t *from, struct site_jump *jump);

/* Writes the trampoline, and then the jump to it into the code. `head` and the code must be so near that the
 * architecture's jumps reach. Returns false, with the code as it was, when there is no way. */
bool site_patch(const struct code *code, const struct site *site, uint8_t trampoline[static TRAMPOLINE_SIZE],
                const struct trampoline_head *head);

#endif
