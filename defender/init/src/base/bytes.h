/* Reads little-endian numbers and spans out of bytes that nobody trusts. After a read beyond the end, `failed` stays
 * set. */
#ifndef RINGFENCE_BYTES_H
#define RINGFENCE_BYTES_H

#include "span.h"

struct reader {
    const uint8_t *at;
    size_t left;
    bool failed;
};

static inline struct reader reader_of(struct span span) { return (struct reader){span.bytes, span.length, false}; }

static inline struct span read_span(struct reader *reader, size_t length) {
    if (reader->failed || length > reader->left) {
        reader->failed = true;
        return (struct span){NULL, 0};
    }
    struct span span = {reader->at, length};
    reader->at += length;
    reader->left -= length;
    return span;
}

static inline uint64_t read_number(struct reader *reader, size_t size) {
    struct span span = read_span(reader, size);
    uint64_t number = 0;
    for (size_t i = span.length; i-- > 0;) number = number << 8 | span.bytes[i];
    return number;
}

/* What a format keeps free; anything but 0 there is for a reader that knows more. */
static inline void read_zero(struct reader *reader, size_t size) {
    if (read_number(reader, size) != 0) reader->failed = true;
}

#endif
