/* Starts a program as a function would that calls a tool: vfork, exec, wait. */
#ifndef BENCH_RUN_PROGRAM_H
#define BENCH_RUN_PROGRAM_H

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "meter.h"

enum { DENIED = 126, FAILED = 127 };

/* The program's exit code; DENIED when its exec was refused with EPERM. Each call has another argument, since the init
 * tells of what repeats only once. */
static inline int run_program(char *path) {
    static unsigned calls;
    char argument[16], *arguments[] = {path, argument, NULL}, *environment[] = {NULL};
    int status;
    snprintf(argument, sizeof argument, "%u", calls++);
    pid_t child = vfork();
    if (child == 0) {
        execve(path, arguments, environment);
        _exit(errno == EPERM ? DENIED : FAILED);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) fail("vfork");
    return WIFEXITED(status) ? WEXITSTATUS(status) : FAILED;
}

#endif
