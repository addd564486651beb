#include "code-search.h"

#if defined(__x86_64__)

enum { VECTOR = 16 };

#define VECTORS(byte)                                                                                                  \
    { [0 ... VECTOR - 1] = (byte) }

size_t code_find_call(const struct code *code, size_t at) {
    static const struct { uint8_t first[VECTOR], second[VECTOR]; } call = {VECTORS(0x0f), VECTORS(0x05)};
    const uint8_t *from = code->bytes + at;
    size_t left = at < code->size ? code->size - at : 0;
    const uint8_t *end = from + (left > VECTOR ? (left - 1) / VECTOR * VECTOR : 0);
    uint8_t kept[4][VECTOR];
    uint32_t found = 0;
    if (from < end) {
        __asm__ volatile("movups %%xmm0, (%[kept])\n\t"
                         "movups %%xmm1, 16(%[kept])\n\t"
                         "movups %%xmm2, 32(%[kept])\n\t"
                         "movups %%xmm3, 48(%[kept])\n\t"
                         "movups (%[call]), %%xmm2\n\t"
                         "movups 16(%[call]), %%xmm3\n"
                         "1:\n\t"
                         "movups (%[from]), %%xmm0\n\t"
                         "movups 1(%[from]), %%xmm1\n\t"
                         "pcmpeqb %%xmm2, %%xmm0\n\t"
                         "pcmpeqb %%xmm3, %%xmm1\n\t"
                         "pand %%xmm1, %%xmm0\n\t"
                         "pmovmskb %%xmm0, %[found]\n\t"
                         "test %[found], %[found]\n\t"
                         "jnz 2f\n\t"
                         "add $16, %[from]\n\t"
                         "cmp %[end], %[from]\n\t"
                         "jb 1b\n"
                         "2:\n\t"
                         "movups (%[kept]), %%xmm0\n\t"
                         "movups 16(%[kept]), %%xmm1\n\t"
                         "movups 32(%[kept]), %%xmm2\n\t"
                         "movups 48(%[kept]), %%xmm3"
                         : [from] "+r"(from), [found] "=&r"(found)
                         : [end] "r"(end), [call] "r"(&call), [kept] "r"(kept)
                         : "cc", "memory");
    }
    size_t place = (size_t)(from - code->bytes);
    if (found) return place + (size_t)__builtin_ctz(found);
    for (; place + 1 < code->size; place++)
        if (code->bytes[place] == 0x0f && code->bytes[place + 1] == 0x05) return place;
    return code->size;
}

void code_mark_long_jumps(const uint8_t *bytes, uint64_t marks[static CODE_MARKS]) {
    static const struct {
        uint8_t near_mask[VECTOR], near[VECTOR], first[VECTOR], second_mask[VECTOR], second[VECTOR];
    } jump = {VECTORS(0xfe), VECTORS(0xe8), VECTORS(0x0f), VECTORS(0xf0), VECTORS(0x80)};
    const uint8_t *end = bytes + CODE_MARKED;
    uint8_t kept[8][VECTOR];
    uint32_t found;
    __asm__ volatile("movups %%xmm0, (%[kept])\n\t"
                     "movups %%xmm1, 16(%[kept])\n\t"
                     "movups %%xmm2, 32(%[kept])\n\t"
                     "movups %%xmm3, 48(%[kept])\n\t"
                     "movups %%xmm4, 64(%[kept])\n\t"
                     "movups %%xmm5, 80(%[kept])\n\t"
                     "movups %%xmm6, 96(%[kept])\n\t"
                     "movups %%xmm7, 112(%[kept])\n\t"
                     "movups (%[jump]), %%xmm3\n\t"
                     "movups 16(%[jump]), %%xmm4\n\t"
                     "movups 32(%[jump]), %%xmm5\n\t"
                     "movups 48(%[jump]), %%xmm6\n\t"
                     "movups 64(%[jump]), %%xmm7\n"
                     "1:\n\t"
                     "movups (%[bytes]), %%xmm0\n\t"
                     "movups 1(%[bytes]), %%xmm1\n\t"
                     "movaps %%xmm0, %%xmm2\n\t"
                     "pand %%xmm3, %%xmm2\n\t"
                     "pcmpeqb %%xmm4, %%xmm2\n\t"
                     "pcmpeqb %%xmm5, %%xmm0\n\t"
                     "pand %%xmm6, %%xmm1\n\t"
                     "pcmpeqb %%xmm7, %%xmm1\n\t"
                     "pand %%xmm1, %%xmm0\n\t"
                     "por %%xmm2, %%xmm0\n\t"
                     "pmovmskb %%xmm0, %[found]\n\t"
                     "movw %w[found], (%[marks])\n\t"
                     "add $2, %[marks]\n\t"
                     "add $16, %[bytes]\n\t"
                     "cmp %[end], %[bytes]\n\t"
                     "jb 1b\n\t"
                     "movups (%[kept]), %%xmm0\n\t"
                     "movups 16(%[kept]), %%xmm1\n\t"
                     "movups 32(%[kept]), %%xmm2\n\t"
                     "movups 48(%[kept]), %%xmm3\n\t"
                     "movups 64(%[kept]), %%xmm4\n\t"
                     "movups 80(%[kept]), %%xmm5\n\t"
                     "movups 96(%[kept]), %%xmm6\n\t"
                     "movups 112(%[kept]), %%xmm7"
                     : [bytes] "+r"(bytes), [marks] "+r"(marks), [found] "=&r"(found)
                     : [end] "r"(end), [jump] "r"(&jump), [kept] "r"(kept)
                     : "cc", "memory");
}

#endif
