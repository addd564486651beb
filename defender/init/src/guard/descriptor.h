/* Copies of descriptors of guarded processes. */
#ifndef RINGFENCE_DESCRIPTOR_H
#define RINGFENCE_DESCRIPTOR_H

#include <stdbool.h>
#include <sys/types.h>

/* A descriptor of this process for the same open file as `fd` of the thread, or -errno. It stays that file whatever
 * becomes of `fd`. The caller checks that the thread still waits before relying on it, and closes it. */
int descriptor_copy(pid_t thread, int fd);

/* Finds out with the first process that is guarded whether descriptors can be copied at all, which some platforms
 * forbid (Docker's default profile, Yama). */
bool descriptor_try(pid_t child);
bool descriptor_is_forbidden(void);

#endif
