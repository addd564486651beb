/* What compilers call without being asked, and the rules of a policy use. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { WORD = 8 };
#define EACH_BYTE 0x0101010101010101ul

static inline uint64_t read_word(const uint8_t *at) {
    uint64_t word;
    __builtin_memcpy(&word, at, WORD);
    return word;
}

static inline void write_word(uint8_t *at, uint64_t word) { __builtin_memcpy(at, &word, WORD); }

static inline void copy_forwards(uint8_t *to, const uint8_t *from, size_t length) {
    for (; length >= WORD; length -= WORD, to += WORD, from += WORD) write_word(to, read_word(from));
    while (length--) *to++ = *from++;
}

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
    copy_forwards(to, from, length);
    return to;
}

void *memmove(void *to, const void *from, size_t length) {
    uint8_t *t = to;
    const uint8_t *f = from;
    if (t < f) {
        copy_forwards(t, f, length);
        return to;
    }
    while (length--) t[length] = f[length];
    return to;
}

void *memset(void *at, int byte, size_t length) {
    uint8_t *a = at;
    uint64_t word = (uint8_t)byte * EACH_BYTE;
    for (; length >= WORD; length -= WORD, a += WORD) write_word(a, word);
    while (length--) *a++ = (uint8_t)byte;
    return at;
}

int memcmp(const void *a, const void *b, size_t length) {
    const uint8_t *x = a, *y = b;
    for (; length >= WORD && read_word(x) == read_word(y); length -= WORD, x += WORD, y += WORD) continue;
    for (; length; length--, x++, y++)
        if (*x != *y) return *x - *y;
    return 0;
}

void *memchr(const void *at, int byte, size_t length) {
    const uint8_t *a = at;
    for (; length; length--, a++)
        if (*a == (uint8_t)byte) return (void *)(uintptr_t)a;
    return NULL;
}

size_t strlen(const char *text) {
    const char *end = text;
    while (*end) end++;
    return (size_t)(end - text);
}

void *memmem(const void *at, size_t length, const void *wanted, size_t wanted_length) {
    const uint8_t *a = at;
    for (; length >= wanted_length; length--, a++)
        if (memcmp(a, wanted, wanted_length) == 0) return (void *)(uintptr_t)a;
    return NULL;
}

int strncmp(const char *a, const char *b, size_t length) {
    for (; length; length--, a++, b++)
        if (*a != *b || !*a) return (uint8_t)*a - (uint8_t)*b;
    return 0;
}

char *strchr(const char *text, int wanted) {
    for (;; text++) {
        if (*text == (char)wanted) return (char *)(uintptr_t)text;
        if (!*text) return NULL;
    }
}

int strcmp(const char *a, const char *b) {
    while (*a && *a == *b) a++, b++;
    return (uint8_t)*a - (uint8_t)*b;
}
