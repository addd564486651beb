/* Files that one system call opens: where no symlink is met, the path that was asked for is the file's name, and no
 * other needs to be found. */
#ifndef RINGFENCE_PLAIN_H
#define RINGFENCE_PLAIN_H

#include <stdbool.h>

struct plain {
    const char *asked; /* the program's */
    int folder, flags, mode;
    bool reads, writes; /* what the policy's rules have a say in */
};

/* False: nothing was opened, and the path must be looked up; else `result` is what the kernel answered. */
bool plain_open(const struct plain *plain, long *result);

#endif
