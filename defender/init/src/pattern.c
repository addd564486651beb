#include "pattern.h"

#include "glob.h"

enum { MAX_PATTERN = 4095 };

static bool is_sound(const struct pattern *pattern) {
    struct span text = pattern->text;
    if (pattern->kind > PATTERN_GLOB || pattern->variable >= VARIABLES || text.length > MAX_PATTERN) return false;
    if (text.length == 0) return pattern->variable != VARIABLE_NONE;
    return text.bytes[0] == '/' && !memchr(text.bytes, '\0', text.length);
}

struct pattern read_pattern(struct reader *reader) {
    struct pattern pattern = {.kind = (uint8_t)read_number(reader, 1), .variable = (uint8_t)read_number(reader, 1)};
    pattern.text = read_span(reader, (size_t)read_number(reader, 2));
    if (!is_sound(&pattern)) reader->failed = true;
    return pattern;
}

struct pattern_list read_pattern_list(struct reader *reader) {
    struct pattern_list list = {.count = (uint16_t)read_number(reader, 2)};
    const uint8_t *start = reader->at;
    for (uint16_t i = 0; i < list.count && !reader->failed; i++) read_pattern(reader);
    list.entries = (struct span){start, (size_t)(reader->at - start)};
    return list;
}

bool pattern_matches(const struct pattern *pattern, const struct variables *variables, struct span path) {
    if (pattern->variable != VARIABLE_NONE) {
        struct span value = variables->values[pattern->variable];
        if (!value.bytes || !span_begins(path, value)) return false;
        path = span_after(path, value.length);
    }
    return pattern->kind == PATTERN_GLOB ? glob_match_path(pattern->text, path) : span_is(pattern->text, path);
}

bool pattern_list_matches(const struct pattern_list *list, const struct variables *variables, struct span path) {
    struct reader reader = reader_of(list->entries);
    for (uint16_t i = 0; i < list->count; i++) {
        struct pattern pattern = read_pattern(&reader);
        if (pattern_matches(&pattern, variables, path)) return true;
    }
    return false;
}

/* Compares what stands in front of the first wildcard: one of the two must begin with the other. */
static bool reaches_below(const struct pattern *pattern, const struct variables *variables, struct span path) {
    struct span value = variables->values[pattern->variable], text = pattern->text;
    if (!value.bytes) return false;
    size_t fixed = 0;
    while (fixed < text.length && text.bytes[fixed] != '*' && text.bytes[fixed] != '?') fixed++;
    for (size_t i = 0; i < path.length; i++) {
        if (i >= value.length + fixed) return true;
        if (path.bytes[i] != (i < value.length ? value.bytes[i] : text.bytes[i - value.length])) return false;
    }
    size_t next = path.length;
    if (next >= value.length + fixed) return fixed < text.length;
    return (next < value.length ? value.bytes[next] : text.bytes[next - value.length]) == '/';
}

bool pattern_list_reaches_below(const struct pattern_list *list, const struct variables *variables, struct span path) {
    struct reader reader = reader_of(list->entries);
    for (uint16_t i = 0; i < list->count; i++) {
        struct pattern pattern = read_pattern(&reader);
        if (reaches_below(&pattern, variables, path)) return true;
    }
    return false;
}
