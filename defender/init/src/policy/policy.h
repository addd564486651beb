/* The compiled policy (RFP1, docs/architecture.md). */
#ifndef RINGFENCE_POLICY_H
#define RINGFENCE_POLICY_H

#include "rules-files.h"
#include "rules-network.h"
#include "rules-process.h"
#include "rules-secrets.h"

struct policy {
    struct span compiled; /* the bytes that it points into */
    uint64_t revision;
    uint8_t function_id[32];
    bool on_error_open;
    struct process_rules process;
    struct network_rules network;
    struct file_rules files;
    struct secret_rules secrets;
    struct span waas; /* for the detection engine (engine.h), which alone reads it; empty: events are not judged */
    uint32_t learn_invocations, learn_seconds; /* 0: no limit */
    uint32_t refresh_seconds;
    uint32_t delivery_ms;
};

/* What a policy can have the init watch; a set of them is a bit for each. */
enum section { SECTION_PROCESS = 1, SECTION_NETWORK = 2, SECTION_FILES = 4, SECTION_SECRETS = 8 };
enum { SECTIONS = 4 };

extern const char *const section_names[SECTIONS]; /* by bit */

/* Reads all sections and checks each entry once. Returns NULL, or in words what is wrong. The policy points into
 * `compiled`. */
const char *policy_parse(struct policy *policy, struct span compiled);

/* The sections that are not disabled. */
unsigned policy_sections(const struct policy *policy);

/* Hidden variables have no effect of their own: they are hidden (prevent) or there are none (disable). */
enum effect policy_effect(const struct policy *policy, enum section section);

/* Prevent when any section prevents; else the effect of some section that is not disabled, if there is one. */
enum effect policy_strongest_effect(const struct policy *policy);

#endif
