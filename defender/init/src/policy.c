#include "policy.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "bytes.h"

enum { HEADER_LENGTH = 64, SECTION_PROCESS = 1, SECTION_CONSOLE = 2, FLAG_CRITICAL = 1, MAX_PATTERN = 4095 };
enum { PATTERN_LITERAL = 0, PATTERN_GLOB = 1 };

const char *const effect_names[] = {"disable", "alert", "prevent"};

struct pattern {
    uint8_t kind;
    struct span text;
};

static struct pattern read_pattern(struct reader *reader) {
    struct pattern pattern = {.kind = (uint8_t)read_number(reader, 1)};
    read_number(reader, 1);
    pattern.text = read_span(reader, (size_t)read_number(reader, 2));
    return pattern;
}

static bool is_sound_pattern(const struct pattern *pattern) {
    const struct span *text = &pattern->text;
    return pattern->kind <= PATTERN_GLOB && text->length > 0 && text->length <= MAX_PATTERN && text->bytes[0] == '/' &&
           !memchr(text->bytes, '\0', text->length);
}

static const char *parse_process(struct policy *policy, struct span section) {
    struct reader reader = {section.bytes, section.length, false};
    uint8_t effect = (uint8_t)read_number(&reader, 1);
    read_number(&reader, 1);
    uint16_t count = (uint16_t)read_number(&reader, 2);
    if (reader.failed || effect > EFFECT_PREVENT) return "the policy's process section is not well-formed";
    policy->process_effect = (enum effect)effect;
    policy->process_patterns = (struct span){reader.at, reader.left};
    policy->process_pattern_count = count;
    for (uint16_t i = 0; i < count; i++) {
        struct pattern pattern = read_pattern(&reader);
        if (reader.failed || !is_sound_pattern(&pattern))
            return "a pattern of the policy's process section is not well-formed";
    }
    return reader.left ? "the policy's process section has a wrong length" : NULL;
}

static const char *parse_console(struct policy *policy, struct span section) {
    struct reader reader = {section.bytes, section.length, false};
    policy->refresh_seconds = (uint32_t)read_number(&reader, 4);
    policy->delivery_ms = (uint32_t)read_number(&reader, 4);
    return reader.failed || reader.left ? "the policy's console section has a wrong length" : NULL;
}

const char *policy_parse(struct policy *policy, struct span compiled) {
    *policy = (struct policy){.refresh_seconds = 60, .delivery_ms = 300};
    struct reader reader = {compiled.bytes, compiled.length, false};
    if (!span_equals(read_span(&reader, 4), "RFP1")) return "the policy does not begin with RFP1";
    if (read_number(&reader, 2) != 1 || read_number(&reader, 2) != HEADER_LENGTH)
        return "the policy has a version that this init does not know";
    policy->revision = read_number(&reader, 8);
    read_number(&reader, 8);
    struct span id = read_span(&reader, sizeof policy->function_id);
    uint8_t on_error = (uint8_t)read_number(&reader, 1);
    read_number(&reader, 1);
    uint16_t sections = (uint16_t)read_number(&reader, 2);
    uint32_t total = (uint32_t)read_number(&reader, 4);
    if (reader.failed || on_error > 1 || total != compiled.length) return "the policy's header is not well-formed";
    memcpy(policy->function_id, id.bytes, id.length);
    policy->on_error_open = on_error == 0;

    uint32_t seen = 0; /* one bit for each known type */
    for (uint16_t i = 0; i < sections; i++) {
        uint16_t type = (uint16_t)read_number(&reader, 2);
        uint16_t flags = (uint16_t)read_number(&reader, 2);
        struct span section = read_span(&reader, (size_t)read_number(&reader, 4));
        if (reader.failed) return "the policy is cut short";
        if (type <= SECTION_CONSOLE && seen & 1u << type) return "the policy has a section twice";
        if (type <= SECTION_CONSOLE) seen |= 1u << type;
        const char *error = type == SECTION_PROCESS   ? parse_process(policy, section)
                            : type == SECTION_CONSOLE ? parse_console(policy, section)
                            : (flags & FLAG_CRITICAL) ? "the policy has a section that this init cannot enforce"
                                                      : NULL;
        if (error) return error;
    }
    if (!(seen & 1u << SECTION_PROCESS)) return "the policy has no process section";
    return reader.left ? "the policy has a wrong length" : NULL;
}

/* `*` and `?` stay within a segment, `**` crosses segments. Backtracks only to the last star of each kind: linear times
 * the stars. */
bool glob_match(const char *pattern, size_t pattern_length, const char *path) {
    const char *end = pattern + pattern_length;
    const char *star = NULL, *star_path = NULL, *deep = NULL, *deep_path = NULL;
    for (;;) {
        if (pattern < end && *pattern == '*') {
            bool crosses = pattern + 1 < end && pattern[1] == '*';
            while (pattern < end && *pattern == '*') pattern++;
            if (crosses) {
                deep = pattern;
                deep_path = path;
                star = NULL;
            } else {
                star = pattern;
                star_path = path;
            }
            continue;
        }
        if (!*path && pattern == end) return true;
        if (*path && pattern < end && (*pattern == *path || (*pattern == '?' && *path != '/'))) {
            pattern++;
            path++;
        } else if (star && *star_path && *star_path != '/') {
            pattern = star;
            path = ++star_path;
        } else if (deep && *deep_path) {
            pattern = deep;
            path = ++deep_path;
            star = NULL;
        } else {
            return false;
        }
    }
}

/* A literal also names the file that it leads to through symlinks at this moment. */
static bool literal_matches(struct span text, const char *path, uint64_t device, uint64_t inode) {
    if (span_equals(text, path)) return true;
    char literal[MAX_PATTERN + 1];
    memcpy(literal, text.bytes, text.length);
    literal[text.length] = '\0';
    struct stat named;
    return stat(literal, &named) == 0 && named.st_dev == device && named.st_ino == inode;
}

bool policy_allows_process(const struct policy *policy, const char *path, uint64_t device, uint64_t inode) {
    struct reader reader = {policy->process_patterns.bytes, policy->process_patterns.length, false};
    for (uint16_t i = 0; i < policy->process_pattern_count; i++) {
        struct pattern pattern = read_pattern(&reader);
        if (pattern.kind == PATTERN_GLOB ? glob_match((const char *)pattern.text.bytes, pattern.text.length, path)
                                         : literal_matches(pattern.text, path, device, inode))
            return true;
    }
    return false;
}
