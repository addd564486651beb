#include "pattern.h"

#include "glob.h"

enum { MAX_PATTERN = 4095, PATTERN_HEAD = 4 /* bytes in front of the text */ };

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

/* Of a list that was checked when it was read. */
static struct pattern next_pattern(const uint8_t **at) {
    const uint8_t *entry = *at;
    struct pattern pattern = {
        .kind = entry[0], .variable = entry[1], .text = {entry + PATTERN_HEAD, entry[2] | (size_t)entry[3] << 8}};
    *at = entry + PATTERN_HEAD + pattern.text.length;
    return pattern;
}

bool pattern_matches(const struct pattern *pattern, const struct variables *variables, struct span path) {
    if (pattern->variable != VARIABLE_NONE) {
        struct span value = variables->values[pattern->variable];
        if (!value.bytes || !span_begins(path, value)) return false;
        path = span_after(path, value.length);
    }
    return pattern->kind == PATTERN_GLOB ? glob_match_path(pattern->text, path) : span_is(pattern->text, path);
}

size_t pattern_fixed_length(const struct pattern *pattern) {
    size_t fixed = 0;
    while (fixed < pattern->text.length && pattern->text.bytes[fixed] != '*' && pattern->text.bytes[fixed] != '?')
        fixed++;
    return fixed;
}

/* Whether the pattern begins with what the link is called. */
static bool uses_link(const struct pattern *pattern, const struct link *link) {
    struct span name = span_of(link->name);
    if (pattern->variable != VARIABLE_NONE || !span_begins(pattern->text, name)) return false;
    return pattern->text.length == name.length || pattern->text.bytes[name.length] == '/';
}

static bool matches_directly(const struct pattern_list *list, const struct variables *variables, struct span path) {
    const uint8_t *at = list->entries.bytes;
    for (uint16_t i = 0; i < list->count; i++) {
        struct pattern pattern = next_pattern(&at);
        if (pattern_matches(&pattern, variables, path)) return true;
    }
    return false;
}

/* `rest` is what follows the link's target in the path. */
static bool matches_by_link(const struct pattern_list *list, const struct variables *variables, const struct link *link,
                            struct span rest) {
    const uint8_t *at = list->entries.bytes;
    for (uint16_t i = 0; i < list->count; i++) {
        struct pattern pattern = next_pattern(&at);
        if (!uses_link(&pattern, link)) continue;
        pattern.text = span_after(pattern.text, strlen(link->name));
        if (pattern_matches(&pattern, variables, rest)) return true;
    }
    return false;
}

bool pattern_list_matches(const struct pattern_list *list, const struct variables *variables, struct span path) {
    if (!list->count) return false;
    if (matches_directly(list, variables, path)) return true;
    for (uint32_t i = 0; i < variables->link_count; i++) {
        struct span target = span_of(variables->links[i].target);
        if (span_begins(path, target) &&
            matches_by_link(list, variables, &variables->links[i], span_after(path, target.length)))
            return true;
    }
    return false;
}

/* Compares what stands in front of the first wildcard, `start` and then `text`: one of the two must begin with the
 * other. */
static bool reaches_below(struct span start, struct span text, size_t fixed, struct span path) {
    for (size_t i = 0; i < path.length; i++) {
        if (i >= start.length + fixed) return true;
        if (path.bytes[i] != (i < start.length ? start.bytes[i] : text.bytes[i - start.length])) return false;
    }
    size_t next = path.length;
    if (next >= start.length + fixed) return fixed < text.length;
    return (next < start.length ? start.bytes[next] : text.bytes[next - start.length]) == '/';
}

static bool pattern_reaches_below(const struct pattern *pattern, const struct variables *variables, struct span path) {
    struct span value = variables->values[pattern->variable];
    size_t fixed = pattern_fixed_length(pattern);
    if (value.bytes && reaches_below(value, pattern->text, fixed, path)) return true;
    for (uint32_t i = 0; i < variables->link_count; i++) {
        const struct link *link = &variables->links[i];
        size_t length = strlen(link->name);
        if (uses_link(pattern, link) && reaches_below(span_of(link->target), span_after(pattern->text, length),
                                                      fixed > length ? fixed - length : 0, path))
            return true;
    }
    return false;
}

bool pattern_list_reaches_below(const struct pattern_list *list, const struct variables *variables, struct span path) {
    struct reader reader = reader_of(list->entries);
    for (uint16_t i = 0; i < list->count; i++) {
        struct pattern pattern = read_pattern(&reader);
        if (pattern_reaches_below(&pattern, variables, path)) return true;
    }
    return false;
}
