/* Keeps secrets out of audits. */
#ifndef RINGFENCE_MASK_H
#define RINGFENCE_MASK_H

#include "span.h"

/* Whether the name of a field says that its value is secret. */
bool mask_is_secret(struct span name);

/* Copies a text (the inside of a JSON string, escapes and all) and puts *** for the value behind each name of a secret,
 * as in `password=…` and `Authorization: …`. Returns the length, at most `room`. */
size_t mask_copy(char *out, size_t room, struct span text);

#endif
