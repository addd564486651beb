/* The program that this process runs. */
#ifndef RINGFENCE_OWN_PROGRAM_H
#define RINGFENCE_OWN_PROGRAM_H

#include <sys/stat.h>

#include "library-share.h"

struct own_program {
    char path[LIBRARY_PATH]; /* of its binary */
    struct stat status;
};

/* Looked up when it is first asked for: a look into /proc is the dearest part of a short process's start. */
const struct own_program *own_program(void);

#endif
