#include "queue.h"

#include <string.h>

#include "memory.h"

static _Alignas(MEMORY_PAGE) char ring[QUEUE_SIZE];
static size_t first, held;

size_t queue_length(void) { return held; }

bool queue_add(const char *line, size_t length) {
    if (length > QUEUE_SIZE - held) return false;
    size_t at = (first + held) % QUEUE_SIZE;
    size_t until_end = QUEUE_SIZE - at < length ? QUEUE_SIZE - at : length;
    memcpy(ring + at, line, until_end);
    memcpy(ring, line + until_end, length - until_end);
    held += length;
    return true;
}

static bool ends_line(size_t length) { return ring[(first + length - 1) % QUEUE_SIZE] == '\n'; }

static size_t whole_lines(size_t most) {
    size_t length = most < held ? most : held;
    while (length && !ends_line(length)) length--;
    if (length || !held) return length;
    while (!ends_line(++length)) continue;
    return length;
}

size_t queue_oldest(size_t most, struct span parts[2]) {
    size_t length = whole_lines(most);
    size_t until_end = QUEUE_SIZE - first < length ? QUEUE_SIZE - first : length;
    parts[0] = (struct span){(const uint8_t *)ring + first, until_end};
    parts[1] = (struct span){(const uint8_t *)ring, length - until_end};
    return length;
}

uint32_t queue_drop(size_t length) {
    uint32_t lines = 0;
    for (size_t i = 1; i <= length; i++) lines += ends_line(i);
    first = (first + length) % QUEUE_SIZE;
    held -= length;
    if (held) return lines;
    first = 0;
    memory_release(ring);
    return lines;
}
