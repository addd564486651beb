/* The secrets section of a policy: environment variables that nobody but the main process's own memory holds. */
#ifndef RINGFENCE_RULES_SECRETS_H
#define RINGFENCE_RULES_SECRETS_H

#include "bytes.h"

struct secret_rules {
    uint16_t count;
    struct span entries; /* checked */
};

/* Reads the section's bytes, which it goes on pointing into. Returns NULL, or in words what is wrong. */
const char *secret_rules_read(struct secret_rules *rules, struct span section);

/* Whether the variable of this name is to be hidden. */
bool secret_rules_match(const struct secret_rules *rules, struct span name);

#endif
