/* The model: what was used while the policy learns, condensed (docs/architecture.md). */
#ifndef RINGFENCE_LEARN_H
#define RINGFENCE_LEARN_H

#include "verdict.h"

/* Counts one use. */
void learn_access(const struct access *access);

#endif
