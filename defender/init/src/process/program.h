/* What the kernel will run for a file: itself, or for a script the interpreter that its first line names. */
#ifndef RINGFENCE_PROGRAM_H
#define RINGFENCE_PROGRAM_H

#include "target.h"

enum { PROGRAM_WORDS = 512 };

struct program {
    struct file_identity binary; /* what runs: the file itself, or the last interpreter */
    bool is_script;
    bool has_loader; /* a known one, which loads what LD_PRELOAD names */
    char interpreter[128];
    char binary_path[PATH_MAX]; /* of a script: the resolved name of `binary`, empty when it has none */
    uint16_t words_length;
    char words[PROGRAM_WORDS]; /* what the kernel puts before a script's name: interpreters and their arguments, each
                                  with its NUL */
};

/* `fd` is an O_PATH descriptor of the file. Returns 0, or an errno for which the kernel would refuse it too. */
int program_inspect(int fd, const struct file_identity *file, struct program *program);

#endif
