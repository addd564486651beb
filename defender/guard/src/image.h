/* What would run when a file is started. */
#ifndef RINGFENCE_IMAGE_H
#define RINGFENCE_IMAGE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "scratch.h"

struct image {
    bool guarded; /* its loader will load this library before the program's own code */
    bool is_script;
};

/* A file by its O_PATH descriptor, and where that leads to if it is known. */
struct image_file {
    int fd;
    const char *path; /* or NULL */
    const struct stat *status;
};

/* Looks at the file; follows a script to its interpreter, whose name is left in
 * `scratch->work` (empty: no script). Returns 0, or the errno that the kernel would give. */
int image_inspect(const struct image_file *file, struct scratch *scratch, struct image *image);

#endif
