#include "json.h"

#include <stdio.h>
#include <string.h>

static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";

/* Reads a string behind its opening quote; returns what follows the closing one, or NULL. */
static const char *read_string(const char *at, char *value, size_t size) {
  size_t used = 0;
  for (; *at && *at != '"'; at++) {
    char letter = *at;
    if (letter == '\\') {
      at++;
      for (const char *pair = escapes; *pair; pair += 2)
        if (*pair == *at) letter = pair[1];
    }
    if (used + 1 < size) value[used++] = letter;
  }
  if (size) value[used] = '\0';
  return *at ? at + 1 : NULL;
}

int json_get(const char *object, const char *key, char *value, size_t size) {
  char name[64];
  const char *at = strchr(object, '{');
  while (at && (at = strchr(at, '"'))) {
    at = read_string(at + 1, name, sizeof name);
    if (!at || !(at = strchr(at, ':')) || !(at = strchr(at, '"'))) return -1;
    at = read_string(at + 1, value, size);
    if (at && strcmp(name, key) == 0) return 0;
  }
  return -1;
}

int json_put(char *target, size_t size, const char *value) {
  size_t used = 0;
  if (size < 3) return -1;
  target[used++] = '"';
  for (; *value; value++) {
    if (used + 8 > size) return -1;
    unsigned char letter = (unsigned char)*value;
    if (letter == '"' || letter == '\\') target[used++] = '\\';
    if (letter < 0x20)
      used += (size_t)snprintf(target + used, size - used, "\\u%04x", letter);
    else
      target[used++] = *value;
  }
  target[used++] = '"';
  target[used] = '\0';
  return (int)used;
}
