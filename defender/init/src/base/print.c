/* Takes the place of musl's printf family, which brings floating point, wide characters, locales and buffered files: 20
 * KB, and 30 on arm64, where a long double is software. A directive that is not known here aborts; a test looks through
 * the sources for one. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef PRINT_UNDER_TEST /* beside the C library's */
#define vsnprintf own_vsnprintf
#define snprintf own_snprintf
#define sprintf own_sprintf
#define dprintf own_dprintf
#endif

#if defined(PRINT_UNDER_TEST) || !defined(__GLIBC__)
enum { MOST_DIGITS = 20, MOST_LINE = 1024 };

struct output {
    char *at;
    size_t room, length; /* the length that it would have */
};

static void put(struct output *out, const char *text, size_t length) {
    if (out->length < out->room) {
        size_t left = out->room - out->length;
        memcpy(out->at + out->length, text, length < left ? length : left);
    }
    out->length += length;
}

static void put_number(struct output *out, uint64_t number, unsigned base, size_t width) {
    char digits[MOST_DIGITS];
    size_t first = MOST_DIGITS;
    do digits[--first] = "0123456789abcdef"[number % base];
    while (number /= base);
    while (MOST_DIGITS - first < width) digits[--first] = '0';
    put(out, digits + first, MOST_DIGITS - first);
}

static size_t read_size(const char **at) {
    size_t size = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) size = size * 10 + (size_t)(**at - '0');
    return size;
}

/* Knows %[0WIDTH]NUMBER and %[.PRECISION]s, numbers being d, u and x, with l, ll or z before. */
int vsnprintf(char *restrict text, size_t size, const char *restrict format, va_list values) {
    struct output out = {text, size ? size - 1 : 0, 0};
    const char *at = format;
    for (;;) {
        size_t plain = strcspn(at, "%");
        put(&out, at, plain);
        at += plain;
        if (!*at++) break;
        size_t width = read_size(&at), most = SIZE_MAX;
        bool is_long = false;
        if (at[0] == '.' && at[1] == '*') {
            int precision = va_arg(values, int);
            if (precision >= 0) most = (size_t)precision;
            at += 2;
        } else if (at[0] == '.') {
            at++;
            most = read_size(&at);
        }
        for (; *at == 'l' || *at == 'z'; at++) is_long = true;
        char conversion = *at++;
        if (conversion == 's') {
            const char *string = va_arg(values, const char *);
            put(&out, string, strnlen(string, most));
        } else if (conversion == 'd') {
            long number = is_long ? va_arg(values, long) : va_arg(values, int);
            if (number < 0) put(&out, "-", 1);
            put_number(&out, number < 0 ? -(uint64_t)number : (uint64_t)number, 10, width);
        } else if (conversion == 'u' || conversion == 'x') {
            uint64_t number = is_long ? va_arg(values, unsigned long) : va_arg(values, unsigned);
            put_number(&out, number, conversion == 'x' ? 16 : 10, width);
        } else
            abort();
    }
    if (size) text[out.length < size ? out.length : size - 1] = 0;
    return (int)out.length;
}

int snprintf(char *restrict text, size_t size, const char *restrict format, ...) {
    va_list values;
    va_start(values, format);
    int length = vsnprintf(text, size, format, values);
    va_end(values);
    return length;
}

int sprintf(char *restrict text, const char *restrict format, ...) {
    va_list values;
    va_start(values, format);
    int length = vsnprintf(text, SIZE_MAX, format, values);
    va_end(values);
    return length;
}

/* Cut after 1 KB: the init has no more to say at once. */
int dprintf(int fd, const char *restrict format, ...) {
    char line[MOST_LINE];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(line, sizeof line, format, values);
    va_end(values);
    return (int)write(fd, line, length < MOST_LINE ? (size_t)length : MOST_LINE - 1);
}
#endif
