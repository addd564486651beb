/* The compiled policy (RFP1, docs/architecture.md) and its matching. */
#ifndef RINGFENCE_POLICY_H
#define RINGFENCE_POLICY_H

#include "configuration.h"

enum effect { EFFECT_DISABLE, EFFECT_ALERT, EFFECT_PREVENT };

struct policy {
    uint64_t revision;
    uint8_t function_id[32];
    bool on_error_open;
    enum effect process_effect;
    struct span process_patterns; /* as in the section, after the count; checked */
    uint16_t process_pattern_count;
    uint32_t refresh_seconds;
    uint32_t delivery_ms;
};

extern const char *const effect_names[]; /* by enum effect */

/* Returns NULL, or in words what is wrong. The policy points into `compiled`. */
const char *policy_parse(struct policy *policy, struct span compiled);

/* Whether one of the process patterns names `path`, an absolute path without symlinks, or (literals only) the file
 * (device, inode). */
bool policy_allows_process(const struct policy *policy, const char *path, uint64_t device, uint64_t inode);

bool glob_match(const char *pattern, size_t pattern_length, const char *path);

#endif
