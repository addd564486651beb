/* Which addresses were resolved from which names, by the init's own resolver. */
#ifndef RINGFENCE_NAMES_H
#define RINGFENCE_NAMES_H

#include "span.h"

enum { NAMES_MOST = 256, NAMES_MOST_ADDRESSES = 1024, NAMES_LONGEST = 253 };

/* Plain data without pointers, so that the guard library can map it. When it is full, what was answered longest ago
 * goes first. */
struct names {
    uint32_t sequence; /* odd while it changes; a reader in another process starts anew when it has changed */
    uint32_t answers;  /* so far: the clock of `answered` */
    uint32_t name_count, address_count;
    struct {
        uint8_t bytes[16]; /* IPv4 is ::ffff:a.b.c.d */
        uint32_t name;
        uint32_t answered;
    } addresses[NAMES_MOST_ADDRESSES];
    struct {
        uint32_t answered;
        uint8_t length;
        uint8_t text[NAMES_LONGEST]; /* lower case, without a dot at the end */
    } names[NAMES_MOST];
};

/* The next name from which the address was resolved; `cursor` is 0 at first. Its bytes are NULL when there is no
 * further one. */
struct span names_next(const struct names *names, const uint8_t address[static 16], uint32_t *cursor);

/* Remembers that the name, of at most NAMES_LONGEST bytes, was just resolved to the address. */
void names_learn(struct names *names, struct span name, const uint8_t address[static 16]);

#endif
