/* What would run when a file is started. */
#ifndef RINGFENCE_IMAGE_H
#define RINGFENCE_IMAGE_H

#include <stdbool.h>

#include "scratch.h"

struct image {
    bool guarded; /* its loader will load this library before the program's own code */
    bool is_script;
};

/* Looks at the file of an O_PATH descriptor; follows a script to its interpreter, whose name is left in
 * `scratch->work` (empty: no script). Returns 0, or the errno that the kernel would give. */
int image_inspect(int fd, struct scratch *scratch, struct image *image);

#endif
