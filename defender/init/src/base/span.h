/* Bytes that belong to somebody else. */
#ifndef RINGFENCE_SPAN_H
#define RINGFENCE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
    const uint8_t *bytes;
    size_t length;
};

static inline struct span span_of(const char *text) { return (struct span){(const uint8_t *)text, strlen(text)}; }

static inline bool span_is(struct span a, struct span b) {
    return a.length == b.length && (!a.length || memcmp(a.bytes, b.bytes, a.length) == 0);
}

static inline bool span_equals(struct span span, const char *text) { return span_is(span, span_of(text)); }

static inline bool span_begins(struct span span, struct span start) {
    return span.length >= start.length && (!start.length || memcmp(span.bytes, start.bytes, start.length) == 0);
}

static inline struct span span_after(struct span span, size_t length) {
    return (struct span){span.bytes + length, span.length - length};
}

#endif
