/* Globs over bytes. */
#ifndef RINGFENCE_GLOB_H
#define RINGFENCE_GLOB_H

#include "span.h"

/* Whether the glob matches the whole path: `*` and `?` stay within a segment, `**` crosses segments. */
bool glob_match_path(struct span glob, struct span path);

/* Whether the glob matches the whole text: `*` stands for any bytes, `?` for one. */
bool glob_match_text(struct span glob, struct span text);

#endif
