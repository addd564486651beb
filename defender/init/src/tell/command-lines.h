/* The arguments of programs in the model: kept in little room, and put together when there are many. */
#ifndef RINGFENCE_COMMAND_LINES_H
#define RINGFENCE_COMMAND_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

/* Arguments, each with its NUL; two stars as the last one stand for any further ones. */
enum { ANY_ARGUMENTS = 255 /* as a length: nothing is known of them */ };

/* Writes as many of the arguments as there is room for, which is less than ANY_ARGUMENTS. Returns the length. */
uint8_t arguments_keep(char *kept, size_t room, struct span arguments);

/* Whether the kept ones stand for the given ones; of those bytes NULL: unknown. */
bool arguments_cover(const char *kept, uint8_t length, struct span given);

/* Keeps what both begin with, and any further ones behind it. Returns the length. */
uint8_t arguments_join(char *kept, uint8_t length, size_t room, struct span given);

#endif
