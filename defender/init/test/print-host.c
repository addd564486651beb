/* Says the same with the init's printf family and the C library's: prints each difference, and how much was compared.
 */
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int own_vsnprintf(char *restrict text, size_t size, const char *restrict format, va_list values);

static unsigned compared;

__attribute__((format(printf, 1, 2))) static void compare(const char *format, ...) {
    static const size_t sizes[] = {0, 1, 2, 7, 8, 300};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char own[301], theirs[301];
        memset(own, '~', sizeof own);
        memset(theirs, '~', sizeof theirs);
        va_list values;
        va_start(values, format);
        int own_length = own_vsnprintf(own, sizes[i], format, values);
        va_end(values);
        va_start(values, format);
        int length = vsnprintf(theirs, sizes[i], format, values);
        va_end(values);
        compared++;
        if (own_length != length || memcmp(own, theirs, sizeof own) != 0)
            printf("\"%s\" in %zu: %d \"%.300s\", the C library %d \"%.300s\"\n", format, sizes[i], own_length, own,
                   length, theirs);
    }
}

int main(void) {
    static const char unterminated[3] = "abc";
    compare("%s", "");
    compare("nothing to fill in");
    compare("%s: %s (%s)", "a longer text", "", "another");
    compare("%.3s|%.0s|%.60s|", "abcdef", "abcdef", "abcdef");
    compare("%.*s|%.*s|%.*s", 3, unterminated, 0, unterminated, -1, "whole");
    compare("%d %d %d %d", 0, -1, INT_MAX, INT_MIN);
    compare("%ld %lld", LONG_MIN, LLONG_MAX);
    compare("%u %lu %llu %zu", UINT_MAX, ULONG_MAX, 0ULL, SIZE_MAX);
    compare("%02x%02x%x %lx", 0, 0xAB, 0x12345, ULONG_MAX);
    compare("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", 2026, 1, 9, 23, 5, 0, 7);
    printf("compared %u\n", compared);
    return 0;
}
