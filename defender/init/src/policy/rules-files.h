/* The file section of a policy. */
#ifndef RINGFENCE_RULES_FILES_H
#define RINGFENCE_RULES_FILES_H

#include "effect.h"
#include "pattern.h"

enum file_access { FILE_READ, FILE_WRITE, FILE_EXECUTE, FILE_ACCESSES };
enum file_match { FILE_ALLOWED, FILE_NOT_LISTED, FILE_DENIED, FILE_SEALED };

struct file_rules {
    enum effect effect;
    struct pattern_list allow[FILE_ACCESSES], deny[FILE_ACCESSES];
    struct pattern_list sealed; /* may be read only until the runtime asks for its first event */
    bool limits_reading;        /* there is something that may not be read */
};

/* Reads the section's bytes, which it goes on pointing into. Returns NULL, or in words what is wrong. */
const char *file_rules_read(struct file_rules *rules, struct span section);

/* `path` is absolute and without symlinks; `started`: the runtime has asked for its first event. */
enum file_match file_rules_match(const struct file_rules *rules, const struct variables *variables, struct span path,
                                 enum file_access access, bool started);

/* Whether something below the folder `path` may be forbidden to read or change that the folder itself is not. */
bool file_rules_reach_below(const struct file_rules *rules, const struct variables *variables, struct span path);

/* The same in words: why the policy does not allow it, or NULL when it does. */
const char *file_rules_judge(const struct file_rules *rules, const struct variables *variables, struct span path,
                             enum file_access access, bool started);

/* Bytes of the path without ` (deleted)`, which the kernel puts behind one that leads to its file no more. */
size_t file_path_kept_length(const char *path);

#endif
