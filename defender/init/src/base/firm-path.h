/* Paths that mean the same file tomorrow. */
#ifndef RINGFENCE_FIRM_PATH_H
#define RINGFENCE_FIRM_PATH_H

#include <stdbool.h>

/* Whether an absolute path leads to `resolved`, and by no symlink which somebody without privileges could change. */
bool path_is_firm(const char *path, const char *resolved);

#endif
