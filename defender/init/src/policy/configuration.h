/* The Defender configuration (RFD1, docs/architecture.md): from the package, overridden field by field by
 * RINGFENCE_POLICY. */
#ifndef RINGFENCE_CONFIGURATION_H
#define RINGFENCE_CONFIGURATION_H

#include <limits.h>

#include "span.h"

enum { MAX_AUTHORITIES = 4 };

struct configuration {
    struct span console; /* "host:port", empty: no Console */
    struct span token;
    struct span cloud, account, region, name, runtime, arch;
    struct span authorities[MAX_AUTHORITIES]; /* DER certificates */
    size_t authority_count;
    struct span pinned_key; /* 65 bytes, or empty */
    struct span signed_policy;
    bool policy_from_environment;
    struct span original_entry;
};

/* Reads `.ringfence/policy` beside the executable and RINGFENCE_POLICY. Spans stay valid for the process's life.
 * Returns NULL, or in words what is wrong. */
const char *configuration_read(struct configuration *configuration);

/* The folder `.ringfence` of the package; false when /proc does not tell. */
bool configuration_folder(char path[static PATH_MAX + 32]);

/* Overlays the fields of one RFD1; exposed for tests and fuzzing. */
const char *configuration_parse(struct configuration *configuration, const uint8_t *bytes, size_t length);

#endif
