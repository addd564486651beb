#include "start.h"

#include <string.h>

/* A runtime starts as one binary, or as a script that replaces itself by one (`exec node …`), which may call helpers
 * (`dirname "$0"`) on its way. So, after the first exec, only the shell that runs such a script may start something,
 * and a launcher may start itself again (java does, to set LD_LIBRARY_PATH). */
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

bool start_includes(pid_t thread, const struct file_identity *file) {
    struct file_identity caller;
    switch (phase) {
    case FIRST_EXEC:
        return thread == main_process;
    case IN_SCRIPT:
        return target_executable(thread, &caller) && same_file(&caller, &running);
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
