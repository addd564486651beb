#include "lookup-meter.h"

#include <stdint.h>
#include <string.h>

#include "loop.h"

enum { MINUTE_MS = 60000, BITS = 8192 };

/* A bit for each name: two that share one count as one, 3 in 100 when the limit is reached. */
static uint8_t seen[BITS / 8];
static uint64_t minute_ends;
static unsigned count;

/* FNV-1a. */
static uint32_t hash_of(const char *name) {
    uint32_t hash = 0x811c9dc5;
    while (*name) hash = (hash ^ (uint8_t)*name++) * 0x01000193;
    return hash;
}

bool lookup_meter_is_exceeded(const char *name) {
    if (loop_now() >= minute_ends) {
        memset(seen, 0, sizeof seen);
        count = 0;
        minute_ends = loop_now() + MINUTE_MS;
    }
    uint32_t bit = hash_of(name) % BITS;
    if (seen[bit / 8] & 1 << bit % 8) return false;
    seen[bit / 8] |= (uint8_t)(1 << bit % 8);
    return ++count == LOOKUP_METER_MOST + 1;
}
