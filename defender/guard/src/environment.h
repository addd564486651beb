/* The environment that a child gets: the guard in it, and nothing that comes before the guard. */
#ifndef RINGFENCE_ENVIRONMENT_H
#define RINGFENCE_ENVIRONMENT_H

#include "rules-secrets.h"
#include "scratch.h"

/* Writes the list into `scratch->pointers`; false when it does not fit. */
bool environment_of_child(const char *const *environment, const struct secret_rules *secrets, struct scratch *scratch);

#endif
