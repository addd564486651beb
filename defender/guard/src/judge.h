/* What the file section says to the use of a file, and what must not be touched in any case. */
#ifndef RINGFENCE_JUDGE_H
#define RINGFENCE_JUDGE_H

#include "call.h"
#include "place.h"
#include "rules-files.h"
#include "scratch.h"

/* Whether one use of what was found is refused; then it has been told. */
bool judge_refuses(const struct call *call, const struct place *place, const char *asked, enum file_access access,
                   struct scratch *scratch);

/* The same for a second name, which must not open what the first one closes. */
bool judge_refuses_name(const struct call *call, const struct place *place, const char *asked, struct scratch *scratch);

/* Whether the file is memory, variables or descriptors of the init, memory of a guarded process that would be written,
 * or what the init starts from; then it has been told. */
bool judge_protects(const struct call *call, const char *path, bool changes, struct scratch *scratch);

/* Whether a path without symlinks may be opened, be it a file's or a folder's. Tells nobody; `path` has room for a
 * slash behind it. */
bool judge_allows_name(char *path, enum file_access access);

/* Whether the file lies in /proc. */
bool judge_is_in_proc(int fd);

#endif
