#include "command-lines.h"

#include <string.h>

enum { MOST = 60 /* the Console takes 64 */ };

static const char further[] = "**";

/* The length of the arguments in front of the stars. */
static size_t named_length(const char *kept, size_t length) {
    size_t stars = sizeof further;
    bool open = length >= stars && memcmp(kept + length - stars, further, stars) == 0 &&
                (length == stars || !kept[length - stars - 1]);
    return open ? length - stars : length;
}

/* How much of the arguments, which go on in `other`, is the same and ends at an argument's end. */
static size_t shared_length(const char *kept, size_t length, struct span other) {
    size_t shared = 0;
    for (size_t i = 0; i < length && i < other.length && kept[i] == (char)other.bytes[i]; i++)
        if (!kept[i]) shared = i + 1;
    return shared;
}

/* Puts the stars behind the first `length` bytes, or behind as many as leave room for them. */
static uint8_t leave_open(char *kept, size_t length, size_t room) {
    if (room < sizeof further) return ANY_ARGUMENTS;
    while (length + sizeof further > room || (length && kept[length - 1])) length--;
    memcpy(kept + length, further, sizeof further);
    return (uint8_t)(length + sizeof further);
}

uint8_t arguments_keep(char *kept, size_t room, struct span arguments) {
    size_t length = 0, count = 0;
    if (!arguments.bytes) return ANY_ARGUMENTS;
    for (; length < arguments.length && length < room && count < MOST; length++) {
        kept[length] = (char)arguments.bytes[length];
        if (!kept[length]) count++;
    }
    bool whole = length == arguments.length && (!length || !kept[length - 1]);
    return whole ? (uint8_t)length : leave_open(kept, length, room);
}

bool arguments_cover(const char *kept, uint8_t length, struct span given) {
    if (length == ANY_ARGUMENTS) return true;
    if (!given.bytes) return false;
    size_t named = named_length(kept, length);
    if (given.length < named || memcmp(kept, given.bytes, named) != 0) return false;
    return named < length || given.length == named;
}

uint8_t arguments_join(char *kept, uint8_t length, size_t room, struct span given) {
    if (length == ANY_ARGUMENTS || !given.bytes) return ANY_ARGUMENTS;
    return leave_open(kept, shared_length(kept, named_length(kept, length), given), room);
}
