/* Verifies a signed policy (RFS1, docs/architecture.md). */
#ifndef RINGFENCE_SIGNATURE_H
#define RINGFENCE_SIGNATURE_H

#include "configuration.h"

/* Finds the compiled policy inside `signed_policy` without verifying it. Returns NULL, or in words what is wrong. */
const char *signed_policy_locate(struct span signed_policy, struct span *policy);

/* Walks the key links from the pinned key and checks the signature. Returns NULL, or in words what is wrong. */
const char *signature_verify(struct span pinned_key, struct span signed_policy);

#endif
