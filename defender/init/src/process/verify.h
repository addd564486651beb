/* Makes sure that what was checked is what runs. The thread whose exec is allowed is seized with ptrace; it stops
 * inside the exec, after the kernel has loaded the new program and before its first instruction. Only if that is the
 * program that was checked, it is let go. Paths and memory that change after the check so change nothing. */
#ifndef RINGFENCE_VERIFY_H
#define RINGFENCE_VERIFY_H

#include "arguments.h"
#include "target.h"

/* What a thread may become by its exec. */
struct expected {
    bool of_start;               /* of the runtime: with the variables that it was deployed with */
    bool checked;                /* else it may become anything */
    struct file_identity binary; /* what /proc/PID/exe will be */
    struct command_line line;
    bool with_library; /* what runs must load the guard library */
};

/* Seizes the thread and remembers what it may become. Returns 0, -EAGAIN when too many are under way, or -errno of
 * ptrace. */
int verify_begin(pid_t thread, const struct expected *expected);

/* The exec does not go ahead after all. */
void verify_cancel(pid_t thread);

/* Whether all secrets that were to be hidden are. */
bool verify_hides_secrets(void);

/* Whether the first exec, if there was one, is through. */
bool verify_has_settled(void);

/* Whether another verify_begin has room. */
bool verify_has_room(void);

/* Takes one status of waitpid(…, __WALL); false when it tells of an end. A process that made this one its tracer
 * (PTRACE_TRACEME) is let go. */
bool verify_status(pid_t process, int status);

#endif
