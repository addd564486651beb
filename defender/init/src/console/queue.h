/* The audits that wait for delivery to the Console: a ring of lines. Its memory is given back whenever it is empty. */
#ifndef RINGFENCE_QUEUE_H
#define RINGFENCE_QUEUE_H

#include "configuration.h"

enum { QUEUE_SIZE = 32768 };

/* Adds one line with its newline; false when it does not fit. */
bool queue_add(const char *line, size_t length);

size_t queue_length(void);

/* The oldest lines, whole ones and at least one, in at most `most` bytes if possible; in one or two parts. Returns
 * their length. Valid until queue_drop. */
size_t queue_oldest(size_t most, struct span parts[2]);

/* Takes the oldest `length` bytes, whole lines, out; returns how many lines. */
uint32_t queue_drop(size_t length);

#endif
