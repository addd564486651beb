/* The process section of a policy. */
#ifndef RINGFENCE_RULES_PROCESS_H
#define RINGFENCE_RULES_PROCESS_H

#include "effect.h"
#include "pattern.h"

struct process_rules {
    enum effect effect;
    enum effect miners; /* of what looks like a crypto-miner, allowed by its path or not */
    bool uses_parents;
    uint16_t count;
    struct span entries; /* checked */
};

/* A program that somebody wants to start. */
struct process_start {
    struct span path;      /* absolute, without symlinks */
    struct span arguments; /* as in /proc/PID/cmdline: each with its NUL, argv[0] first */
    struct span parent;    /* the binary of whoever starts it; empty: unknown */
    /* Whether a literal of the policy leads to the same file through symlinks; NULL: literals mean themselves. */
    bool (*is_same_file)(const void *file, struct span literal);
    const void *file, *parent_file;
    const char *trouble; /* what keeps the path from being known, so that no entry can allow it; else NULL */
};

/* Reads the section's bytes, which it goes on pointing into. Returns NULL, or in words what is wrong. */
const char *process_rules_read(struct process_rules *rules, struct span section);

/* Returns in words what the policy has against it and sets the `effect` that this has; NULL: it is allowed. */
const char *process_rules_judge(const struct process_rules *rules, const struct variables *variables,
                                const struct process_start *start, enum effect *effect);

/* Whether an entry without wildcards names the program. */
bool process_rules_name(const struct process_rules *rules, const struct process_start *start);

#endif
