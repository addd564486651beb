/* Symlinks followed in text, for a path that the kernel then opens only if no further symlink is on it. */
#ifndef RINGFENCE_LINK_H
#define RINGFENCE_LINK_H

#include <stdbool.h>
#include <stddef.h>

/* Puts what it leads to in the place of the first symlink of an absolute path without `..`. False, and the path of no
 * use any more: there is none, what it leads to is not plain, or is the kernel's to judge. */
bool link_follow(char *path, size_t size);

/* LINK_UNKNOWN: there is one, but what it leads to is not plain, and the path is of no use any more. */
enum link_step { LINK_NONE, LINK_FOLLOWED, LINK_UNKNOWN };

/* The same for one that was followed before, wherever it is on the path; one system call. */
enum link_step link_follow_known(char *path, size_t size);

#endif
