#include "maps.h"

#include <fcntl.h>

#include "system.h"

bool maps_open(struct maps *maps) {
    maps->at = maps->length = 0;
    maps->fd = (int)SYSTEM(openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC);
    return maps->fd >= 0;
}

void maps_close(struct maps *maps) { SYSTEM(close, maps->fd); }

static int next_byte(struct maps *maps) {
    if (maps->at == maps->length) {
        long length = SYSTEM(read, maps->fd, maps->buffer, sizeof maps->buffer);
        if (length <= 0) return -1;
        maps->at = 0;
        maps->length = (size_t)length;
    }
    return (uint8_t)maps->buffer[maps->at++];
}

static int hex_digit(int c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/* Returns the byte behind the number. */
static int read_hex(struct maps *maps, uintptr_t *number) {
    int c, digit;
    *number = 0;
    while ((digit = hex_digit(c = next_byte(maps))) >= 0) *number = *number << 4 | (uintptr_t)digit;
    return c;
}

static void skip_field(struct maps *maps) {
    int c;
    do c = next_byte(maps);
    while (c >= 0 && c != ' ');
}

/* start-end rwxp offset device inode          path */
bool maps_next(struct maps *maps, struct mapping *mapping) {
    if (read_hex(maps, &mapping->start) != '-' || read_hex(maps, &mapping->end) != ' ') return false;
    mapping->readable = next_byte(maps) == 'r';
    next_byte(maps);
    mapping->executable = next_byte(maps) == 'x';
    next_byte(maps);
    next_byte(maps);
    skip_field(maps);
    skip_field(maps);
    size_t length = 0;
    int c;
    while ((c = next_byte(maps)) >= '0' && c <= '9') continue;
    while (c == ' ') c = next_byte(maps);
    mapping->of_file = c == '/';
    for (; c >= 0 && c != '\n'; c = next_byte(maps)) {
        if (length == MAPS_NAME - 1) { /* the end says more than the beginning */
            for (size_t i = 0; i < MAPS_NAME / 2; i++) mapping->name[i] = mapping->name[i + MAPS_NAME / 2];
            length -= MAPS_NAME / 2;
        }
        mapping->name[length++] = (char)c;
    }
    mapping->name[length] = '\0';
    return true;
}
