#include "rules-secrets.h"

#include "glob.h"
#include "pattern.h"

enum { MAX_NAME = 255 };

struct name {
    uint8_t kind;
    struct span text;
};

static struct name read_name(struct reader *reader) {
    struct name name = {.kind = (uint8_t)read_number(reader, 1)};
    read_zero(reader, 1);
    name.text = read_span(reader, (size_t)read_number(reader, 2));
    if (name.kind > PATTERN_GLOB || !name.text.length || name.text.length > MAX_NAME) reader->failed = true;
    return name;
}

const char *secret_rules_read(struct secret_rules *rules, struct span section) {
    struct reader reader = reader_of(section);
    rules->count = (uint16_t)read_number(&reader, 2);
    rules->entries = (struct span){reader.at, reader.left};
    for (uint16_t i = 0; i < rules->count && !reader.failed; i++) read_name(&reader);
    if (reader.failed) return "a name of the policy's secrets section is not well-formed";
    return reader.left ? "the policy's secrets section has a wrong length" : NULL;
}

bool secret_rules_match(const struct secret_rules *rules, struct span name) {
    struct reader reader = reader_of(rules->entries);
    for (uint16_t i = 0; i < rules->count; i++) {
        struct name wanted = read_name(&reader);
        if (wanted.kind == PATTERN_GLOB ? glob_match_text(wanted.text, name) : span_is(wanted.text, name)) return true;
    }
    return false;
}
