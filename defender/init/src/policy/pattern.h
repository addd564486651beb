/* Patterns over paths, as compiled policies hold them (docs/architecture.md), and the variables they begin with. */
#ifndef RINGFENCE_PATTERN_H
#define RINGFENCE_PATTERN_H

#include "bytes.h"

enum { PATTERN_LITERAL, PATTERN_GLOB };
enum variable { VARIABLE_NONE, VARIABLE_TASK, VARIABLE_TMP, VARIABLE_RUNTIME, VARIABLES };

enum { MAX_LINKS = 8, MAX_LINK = 128 };

/* A file or folder that patterns name, and that symlinks lead elsewhere from: absolute paths. */
struct link {
    char name[MAX_LINK], target[MAX_LINK];
};

/* What patterns mean here. The values are absolute paths without symlinks and without a slash at the end; one that is
 * not set (bytes NULL) lets no pattern match. */
struct variables {
    struct span values[VARIABLES];
    uint32_t link_count;
    struct link links[MAX_LINKS];
};

struct pattern {
    uint8_t kind;
    uint8_t variable;
    struct span text;
};

struct pattern_list {
    uint16_t count;
    struct span entries; /* checked */
};

/* The reader fails at a pattern that is not well-formed. */
struct pattern read_pattern(struct reader *reader);
struct pattern_list read_pattern_list(struct reader *reader);

/* How many bytes of a pattern stand in front of its first wildcard. */
size_t pattern_fixed_length(const struct pattern *pattern);

/* `path` is absolute and without symlinks. Patterns of a list also match by the links. */
bool pattern_matches(const struct pattern *pattern, const struct variables *variables, struct span path);
bool pattern_list_matches(const struct pattern_list *list, const struct variables *variables, struct span path);

/* Whether one of the patterns may match something below the folder `path`. */
bool pattern_list_reaches_below(const struct pattern_list *list, const struct variables *variables, struct span path);

#endif
