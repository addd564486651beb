#include "rules-files.h"

/* Whether there is anything that may not be read. */
static bool limit_reading(const struct file_rules *rules) {
    if (rules->deny[FILE_READ].count || rules->sealed.count) return true;
    struct reader reader = reader_of(rules->allow[FILE_READ].entries);
    for (uint16_t i = 0; i < rules->allow[FILE_READ].count; i++) {
        struct pattern pattern = read_pattern(&reader);
        bool is_all = pattern.variable == VARIABLE_NONE && pattern.kind == PATTERN_GLOB;
        if (is_all && span_equals(pattern.text, "/**")) return false;
    }
    return true;
}

const char *file_rules_read(struct file_rules *rules, struct span section) {
    struct reader reader = reader_of(section);
    uint8_t effect = (uint8_t)read_number(&reader, 1);
    read_zero(&reader, 3);
    if (reader.failed || effect > EFFECT_LEARN) return "the policy's file section is not well-formed";
    rules->effect = (enum effect)effect;
    for (int access = 0; access < FILE_ACCESSES; access++) rules->allow[access] = read_pattern_list(&reader);
    for (int access = 0; access < FILE_ACCESSES; access++) rules->deny[access] = read_pattern_list(&reader);
    rules->sealed = read_pattern_list(&reader);
    if (reader.failed) return "a pattern of the policy's file section is not well-formed";
    rules->limits_reading = limit_reading(rules);
    return reader.left ? "the policy's file section has a wrong length" : NULL;
}

enum file_match file_rules_match(const struct file_rules *rules, const struct variables *variables, struct span path,
                                 enum file_access access, bool started) {
    if (pattern_list_matches(&rules->deny[access], variables, path)) return FILE_DENIED;
    if (access == FILE_READ && started && pattern_list_matches(&rules->sealed, variables, path)) return FILE_SEALED;
    return pattern_list_matches(&rules->allow[access], variables, path) ? FILE_ALLOWED : FILE_NOT_LISTED;
}

bool file_rules_reach_below(const struct file_rules *rules, const struct variables *variables, struct span path) {
    return pattern_list_reaches_below(&rules->deny[FILE_READ], variables, path) ||
           pattern_list_reaches_below(&rules->deny[FILE_WRITE], variables, path) ||
           pattern_list_reaches_below(&rules->sealed, variables, path);
}

const char *file_rules_judge(const struct file_rules *rules, const struct variables *variables, struct span path,
                             enum file_access access, bool started) {
    switch (file_rules_match(rules, variables, path, access, started)) {
    case FILE_ALLOWED:
        return NULL;
    case FILE_DENIED:
        return "an entry of the policy denies it";
    case FILE_SEALED:
        return "it may be read only until the first event";
    case FILE_NOT_LISTED:
        break;
    }
    return "no entry of the policy allows it";
}

size_t file_path_kept_length(const char *path) {
    static const char deleted[] = " (deleted)";
    size_t length = strlen(path), suffix = sizeof deleted - 1;
    bool ends_so = length > suffix && memcmp(path + length - suffix, deleted, suffix) == 0;
    return ends_so ? length - suffix : length;
}
