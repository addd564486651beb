/* The mappings of this process, one after the other in the order of addresses (/proc/self/maps, proc(5)). */
#ifndef RINGFENCE_MAPS_H
#define RINGFENCE_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAPS_BUFFER = 4096, MAPS_NAME = 256 };

struct maps {
    int fd;
    size_t at, length;
    char buffer[MAPS_BUFFER];
};

struct mapping {
    uintptr_t start, end;
    bool readable, executable;
    bool of_file;         /* whose path begins with a slash */
    char name[MAPS_NAME]; /* the end of the path when it is longer */
};

bool maps_open(struct maps *maps);
bool maps_next(struct maps *maps, struct mapping *mapping);
void maps_close(struct maps *maps);

#endif
