/* Instructions of x86_64: as many as compilers and libraries put behind a system call. */
#ifndef RINGFENCE_INSTRUCTION_H
#define RINGFENCE_INSTRUCTION_H

#include <stddef.h>
#include <stdint.h>

enum instruction_kind {
    INSTRUCTION_PLAIN,        /* means the same at another address */
    INSTRUCTION_NOTHING,      /* a nop */
    INSTRUCTION_RELATIVE,     /* a jump or a conditional one, or an operand relative to the instruction pointer */
    INSTRUCTION_END,          /* what follows is reached by jumps only */
    INSTRUCTION_RELATIVE_END, /* both */
};

struct instruction {
    enum instruction_kind kind;
    uint8_t length;   /* 0: not known */
    uint8_t distance; /* RELATIVE: where its 8-bit (in jumps of two bytes) or 32-bit distance begins */
};

/* Reads the instruction at `bytes`, of which `left` may be read. Calls are among what it does not know: they leave a
 * return address, which must be one that unwinding understands. */
struct instruction instruction_read(const uint8_t *bytes, size_t left);

#endif
