/* Copies of descriptors of guarded processes. */
#ifndef RINGFENCE_DESCRIPTOR_H
#define RINGFENCE_DESCRIPTOR_H

#include <sys/types.h>

/* A descriptor of this process for the same open file as `fd` of the thread, or -errno. It stays that file whatever
 * becomes of `fd`. The caller checks that the thread still waits before relying on it, and closes it. */
int descriptor_copy(pid_t thread, int fd);

#endif
