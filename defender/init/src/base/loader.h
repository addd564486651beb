/* The dynamic loader that a program names, which loads the guard library into it. */
#ifndef RINGFENCE_LOADER_H
#define RINGFENCE_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOADER_NAME = 64 };

/* Where in the file of an ELF program its loader's name is. */
struct loader_place {
    uint64_t offset, size;
};

/* Looks into the first bytes of a file, at any alignment. False when it is no program of this architecture that names a
 * loader. */
bool loader_find(const void *head, size_t length, struct loader_place *place);

/* Whether a loader of this architecture takes a file that begins so for a library. */
bool loader_takes(const void *head, size_t length);

/* Whether it is glibc's or musl's; the NUL counts. */
bool loader_is_known(const char *name, size_t size);

#endif
