#include "rules-process.h"

#include "glob.h"
#include "miner.h"

enum { FLAG_ARGUMENTS = 1, FLAG_PARENTS = 2, ARGUMENT_REST = 2, MAX_ARGUMENT = 4095 };

enum match { NOT_NAMED, OTHER_ARGUMENTS, OTHER_PARENT, ALLOWED };

struct argument_list {
    uint16_t count;
    struct span entries;
};

struct entry {
    struct pattern path;
    bool has_arguments, has_parents;
    struct argument_list arguments;
    struct pattern_list parents;
};

struct argument {
    uint8_t kind;
    struct span text;
};

static struct argument read_argument(struct reader *reader) {
    struct argument argument = {.kind = (uint8_t)read_number(reader, 1)};
    read_zero(reader, 1);
    argument.text = read_span(reader, (size_t)read_number(reader, 2));
    if (argument.kind > ARGUMENT_REST || argument.text.length > MAX_ARGUMENT) reader->failed = true;
    return argument;
}

static struct argument_list read_arguments(struct reader *reader) {
    struct argument_list list = {.count = (uint16_t)read_number(reader, 2)};
    const uint8_t *start = reader->at;
    for (uint16_t i = 0; i < list.count && !reader->failed; i++) {
        struct argument argument = read_argument(reader);
        bool last = i + 1 == list.count;
        if (argument.kind == ARGUMENT_REST && (!last || argument.text.length)) reader->failed = true;
    }
    list.entries = (struct span){start, (size_t)(reader->at - start)};
    return list;
}

static struct entry read_entry(struct reader *reader) {
    struct entry entry = {.path = read_pattern(reader)};
    uint8_t flags = (uint8_t)read_number(reader, 1);
    read_zero(reader, 1);
    if (flags & ~(FLAG_ARGUMENTS | FLAG_PARENTS) || entry.path.variable != VARIABLE_NONE) reader->failed = true;
    entry.has_arguments = flags & FLAG_ARGUMENTS;
    entry.has_parents = flags & FLAG_PARENTS;
    if (entry.has_arguments) entry.arguments = read_arguments(reader);
    if (entry.has_parents) entry.parents = read_pattern_list(reader);
    return entry;
}

const char *process_rules_read(struct process_rules *rules, struct span section) {
    struct reader reader = reader_of(section);
    uint8_t effect = (uint8_t)read_number(&reader, 1), miners = (uint8_t)read_number(&reader, 1);
    uint16_t count = (uint16_t)read_number(&reader, 2);
    if (reader.failed || effect > EFFECT_LEARN || miners > EFFECT_PREVENT)
        return "the policy's process section is not well-formed";
    *rules = (struct process_rules){.effect = (enum effect)effect,
                                    .miners = (enum effect)miners,
                                    .count = count,
                                    .entries = {reader.at, reader.left}};
    for (uint16_t i = 0; i < count; i++) {
        struct entry entry = read_entry(&reader);
        if (reader.failed) return "an entry of the policy's process section is not well-formed";
        rules->uses_parents |= entry.has_parents;
    }
    return reader.left ? "the policy's process section has a wrong length" : NULL;
}

/* Takes the first argument off; false when there is none. */
static bool next_argument(struct span *arguments, struct span *argument) {
    const uint8_t *end = arguments->length ? memchr(arguments->bytes, '\0', arguments->length) : NULL;
    if (!end) return false;
    *argument = (struct span){arguments->bytes, (size_t)(end - arguments->bytes)};
    *arguments = span_after(*arguments, argument->length + 1);
    return true;
}

static bool arguments_match(const struct argument_list *list, struct span arguments) {
    struct reader reader = reader_of(list->entries);
    struct span given;
    next_argument(&arguments, &given); /* argv[0] is the caller's to choose and means nothing */
    for (uint16_t i = 0; i < list->count; i++) {
        struct argument wanted = read_argument(&reader);
        if (wanted.kind == ARGUMENT_REST) return true;
        if (!next_argument(&arguments, &given)) return false;
        bool matches = wanted.kind == PATTERN_GLOB ? glob_match_text(wanted.text, given) : span_is(wanted.text, given);
        if (!matches) return false;
    }
    return arguments.length == 0;
}

static bool names(const struct pattern *pattern, const struct variables *variables, const struct process_start *start,
                  struct span path, const void *file) {
    bool is_whole_literal = pattern->kind == PATTERN_LITERAL && pattern->variable == VARIABLE_NONE;
    return pattern_matches(pattern, variables, path) ||
           (is_whole_literal && start->is_same_file && start->is_same_file(file, pattern->text));
}

static bool names_parent(const struct entry *entry, const struct variables *variables,
                         const struct process_start *start) {
    struct reader reader = reader_of(entry->parents.entries);
    for (uint16_t i = 0; start->parent.length && i < entry->parents.count; i++) {
        struct pattern pattern = read_pattern(&reader);
        if (names(&pattern, variables, start, start->parent, start->parent_file)) return true;
    }
    return false;
}

/* The best that any entry has to say. */
static enum match find_match(const struct process_rules *rules, const struct variables *variables,
                             const struct process_start *start) {
    struct reader reader = reader_of(rules->entries);
    enum match best = NOT_NAMED;
    for (uint16_t i = 0; i < rules->count && best != ALLOWED; i++) {
        struct entry entry = read_entry(&reader);
        if (!names(&entry.path, variables, start, start->path, start->file)) continue;
        enum match match = entry.has_arguments && !arguments_match(&entry.arguments, start->arguments) ? OTHER_ARGUMENTS
                           : entry.has_parents && !names_parent(&entry, variables, start)              ? OTHER_PARENT
                                                                                                       : ALLOWED;
        if (match > best) best = match;
    }
    return best;
}

static const char *find_objection(const struct process_rules *rules, const struct variables *variables,
                                  const struct process_start *start) {
    if (start->trouble) return start->trouble;
    struct process_start by_path = *start;
    by_path.is_same_file = NULL; /* asks the kernel about each literal: only where no path matches */
    enum match match = find_match(rules, variables, &by_path);
    if (match != ALLOWED && start->is_same_file) match = find_match(rules, variables, start);
    switch (match) {
    case ALLOWED:
        return NULL;
    case OTHER_ARGUMENTS:
        return "the policy allows it with other arguments only";
    case OTHER_PARENT:
        return "the policy allows it for other callers only";
    case NOT_NAMED:
        break;
    }
    return rules->count ? "no entry of the allowed processes names it" : "only the main process is allowed";
}

const char *process_rules_judge(const struct process_rules *rules, const struct variables *variables,
                                const struct process_start *start, enum effect *effect) {
    *effect = rules->effect;
    if (rules->effect == EFFECT_DISABLE) return NULL;
    const char *objection = find_objection(rules, variables, start);
    const char *miner = rules->miners == EFFECT_DISABLE ? NULL : miner_in_command(start->path, start->arguments);
    if (!miner) return objection;
    if (!objection || rules->effect != EFFECT_PREVENT) *effect = rules->miners;
    return miner;
}

bool process_rules_name(const struct process_rules *rules, const struct process_start *start) {
    struct reader reader = reader_of(rules->entries);
    for (uint16_t i = 0; i < rules->count; i++) {
        struct entry entry = read_entry(&reader);
        const struct pattern *path = &entry.path;
        if (path->kind == PATTERN_LITERAL && names(path, NULL, start, start->path, start->file)) return true;
    }
    return false;
}
