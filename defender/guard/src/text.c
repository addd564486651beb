/* What compilers call without being asked, and the rules of a policy use. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
#if defined(__x86_64__)
    void *t = to;
    __asm__ volatile("rep movsb" : "+D"(t), "+S"(from), "+c"(length) : : "memory");
#else
    uint8_t *t = to;
    const uint8_t *f = from;
    while (length--) *t++ = *f++;
#endif
    return to;
}

void *memmove(void *to, const void *from, size_t length) {
    uint8_t *t = to;
    const uint8_t *f = from;
    if (t < f) return memcpy(to, from, length);
    while (length--) t[length] = f[length];
    return to;
}

void *memset(void *at, int byte, size_t length) {
#if defined(__x86_64__)
    void *a = at;
    __asm__ volatile("rep stosb" : "+D"(a), "+c"(length) : "a"(byte) : "memory");
#else
    uint8_t *a = at;
    while (length--) *a++ = (uint8_t)byte;
#endif
    return at;
}

int memcmp(const void *a, const void *b, size_t length) {
    const uint8_t *x = a, *y = b;
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
