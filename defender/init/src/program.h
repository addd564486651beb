/* What the kernel will run for a file: itself, or for a script the interpreter that its first line names. */
#ifndef RINGFENCE_PROGRAM_H
#define RINGFENCE_PROGRAM_H

#include "target.h"

struct program {
    struct file_identity binary; /* what /proc/PID/exe will be */
    bool is_script;
    uint8_t script_argument; /* where the arguments will name the script */
    char interpreter[128];
};

/* `fd` is an O_PATH descriptor of the file. Returns 0, or an errno for which the kernel would refuse it too. */
int program_inspect(int fd, const struct file_identity *file, struct program *program);

#endif
