#include "start.h"

#include <string.h>

enum { MAX_FORKS = 16 };

/* A runtime starts as one binary, or as a script that replaces itself by one (`exec node …`), which may call helpers
 * (`dirname "$0"`) on its way. So, after the first exec, only the shell that runs such a script may start something,
 * its forks (subshells, pipes) included, and a launcher may start itself again (java does, to set LD_LIBRARY_PATH).
 * What the script starts and stays with is no fork of it: a shell that this starts belongs to the start no more. */
static enum { NOT_BEGUN, FIRST_EXEC, IN_SCRIPT, IN_BINARY, ENDED } phase;
static pid_t main_process;
static struct file_identity running;

static bool same_file(const struct file_identity *a, const struct file_identity *b) {
    return a->device == b->device && a->inode == b->inode;
}

void start_begin(pid_t process) {
    main_process = process;
    phase = FIRST_EXEC;
}

void start_end(void) { phase = ENDED; }

bool start_has_ended(void) { return phase == ENDED; }

static bool is_fork_of_main(pid_t thread) {
    struct file_identity binary;
    pid_t process = target_process(thread);
    for (int level = 0; level < MAX_FORKS && process > 0; level++) {
        if (!target_executable(process, &binary) || !same_file(&binary, &running)) return false;
        if (process == main_process) return true;
        process = target_parent(process);
    }
    return false;
}

bool start_includes(pid_t thread, const struct file_identity *file) {
    switch (phase) {
    case FIRST_EXEC:
        return thread == main_process;
    case IN_SCRIPT:
        return is_fork_of_main(thread);
    case IN_BINARY:
        return thread == main_process && same_file(file, &running);
    default:
        return false;
    }
}

void start_continue(pid_t thread, const struct file_identity *program, bool is_script) {
    if (thread != main_process) return;
    char caller[PATH_MAX];
    target_executable_path(thread, caller);
    const char *name = strrchr(caller, '/');
    bool by_env = phase == IN_SCRIPT && name && strcmp(name, "/env") == 0; /* `#!/usr/bin/env bash` */
    phase = is_script || by_env ? IN_SCRIPT : IN_BINARY;
    running = *program;
}
