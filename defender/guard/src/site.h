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

/* A bit for each block of the code; of large code, for each of several blocks far apart. */
enum { SITE_BLOCK = 64, SITE_BLOCKS = 32768 };
static inline void site_block_set(uint8_t blocks[static SITE_BLOCKS / 8], size_t at) {
    blocks[at / SITE_BLOCK % SITE_BLOCKS / 8] |= (uint8_t)(1 << at / SITE_BLOCK % 8);
}
static inline bool site_block_is_set(const uint8_t blocks[static SITE_BLOCKS / 8], size_t at) {
    return blocks[at / SITE_BLOCK % SITE_BLOCKS / 8] >> at / SITE_BLOCK % 8 & 1;
}

/* Finds bytes, from `*from` on, that could be read as a jump from anywhere into one of the blocks. Moves `*from` behind
 * their beginning; false when there are none. */
bool site_next_jump(const struct code *code, const uint8_t *blocks, size_t *from, size_t *target);

/* Whether bytes nearby could be read as a short jump into the middle of what would be replaced. */
bool site_has_jump_nearby(const struct code *code, const struct site *site);

/* Writes the trampoline, and then the jump to it into the code. `head` and the code must be so near that the
 * architecture's jumps reach. Returns false, with the code as it was, when there is no way. */
bool site_patch(const struct code *code, const struct site *site, uint8_t trampoline[static TRAMPOLINE_SIZE],
                const struct trampoline_head *head);

#endif
