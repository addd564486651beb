/* Just enough JSON for the events of this function: a flat object of strings. */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>

/* Copies the string that `key` has in the object, escapes of one letter resolved. Returns 0, or -1 when there is none. */
int json_get(const char *object, const char *key, char *value, size_t size);
/* Writes a string with its quotes, escaped. Returns the number of bytes, or -1 when they don't fit. */
int json_put(char *target, size_t size, const char *value);

#endif
