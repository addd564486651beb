/* Finds files as a guarded process names them, in steps that the process can't turn aside: what is returned is a
 * handle, and whatever is done with the file afterwards is done with that handle. */
#ifndef RINGFENCE_FILE_LOOKUP_H
#define RINGFENCE_FILE_LOOKUP_H

#include "target.h"

enum file_lookup_end {
    LOOKUP_FILE,     /* the file that the path leads to */
    LOOKUP_NOFOLLOW, /* the same, but a symlink at the end is itself meant */
    LOOKUP_ENTRY     /* the folder that holds the last name, which need not exist */
};

struct found {
    int fd;         /* O_PATH, close-on-exec */
    char *path;     /* of PATH_MAX bytes, the caller's: the name without symlinks; with LOOKUP_ENTRY the entry's */
    char name[256]; /* LOOKUP_ENTRY: the last name */
    bool is_named;  /* the path begins with / and leads this process to the same file */
};

/* `folder` is as for openat. Symlinks are followed here, and those of /proc (`/proc/self`, `/proc/self/fd/1` …) mean
 * the thread, not this process. Returns 0 or -errno; then there is no handle. */
int file_lookup(pid_t thread, int folder, const char *path, enum file_lookup_end end, struct found *found);

#endif
