#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "decide.h"
#include "descriptor.h"
#include "filter.h"
#include "loop.h"
#include "secrets.h"
#include "start.h"
#include "verify.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV /* Linux 5.19 */
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif
#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS /* Linux 6.6 */
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP 1UL
#endif

enum { REPORT_LIMIT_MS = 2000 };

static struct loop_source listener = {.fd = -1};
static const struct policy *current_policy;
static bool paused;

static void on_notification(struct loop_source *source, uint32_t events) {
    if (!(events & EPOLLIN)) { /* the last guarded process has ended */
        loop_remove(source);
        return;
    }
    paused = !verify_has_room(); /* the kernel keeps further ones waiting meanwhile */
    if (paused) {
        loop_change(source, 0);
        return;
    }
    /* Never waits: the kernel counts notifications that came, and not those whose thread has gone, which fail (ENOENT).
     */
    struct seccomp_notif notification = {.id = 0};
    if (ioctl(source->fd, SECCOMP_IOCTL_NOTIF_RECV, &notification) == 0)
        decide(source->fd, &notification, current_policy);
}

static long install_filter(const struct sock_fprog *program) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
    unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
    long fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, program);
    if (fd < 0 && errno == EINVAL)
        fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, program);
    return fd < 0 ? -errno : fd;
}

struct child {
    char **arguments;
    const struct sock_fprog *program; /* NULL: unguarded */
    int report;                       /* pipe: the listener's number or -errno */
    int go;                           /* pipe: a byte when the runtime may start */
};

static void restore_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void run_child(const struct child *child) {
    setsid(); /* neither a signal to the function's own group hits the init, nor can the function join the init's group
               */
    restore_signals();
    long result = child->program ? install_filter(child->program) : 0;
    if (write(child->report, &result, sizeof result) != sizeof result) _exit(127);
    char byte;
    if (read(child->go, &byte, 1) != 1) _exit(127);
    execvp(child->arguments[0], child->arguments);
    int error = errno;
    fprintf(stderr, "ringfence: cannot start %s: %s\n", child->arguments[0], strerror(error));
    _exit(error == ENOENT ? 127 : 126);
}

static void listen_on(struct guard *guard, int fd, unsigned sections) {
    guard->filter = true;
    guard->sections = sections;
    ioctl(fd, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP); /* faster where the kernel can */
    listener = (struct loop_source){.fd = fd, .ready = on_notification};
    loop_add_direct(&listener);
}

bool guard_start(struct guard *guard, char **arguments, unsigned sections) {
    if (!descriptor_can_copy()) sections &= ~(unsigned)SECTION_NETWORK;
    struct sock_filter instructions[MAX_INSTRUCTIONS];
    struct sock_fprog program = {.filter = instructions};
    program.len = (unsigned short)filter_build(instructions, sections, getpid(), getpgrp());
    int report[2], go[2];
    if (pipe2(report, O_CLOEXEC) != 0 || pipe2(go, O_CLOEXEC) != 0) return false;

    /* The table of descriptors is shared until the child's exec, so the listener that the child makes is the init's
     * too. */
    pid_t child = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
    bool shares_table = child >= 0;
    if (!shares_table) child = fork(); /* emulators know no such fork; without the listener there is no guard */
    if (child < 0) return false;
    if (child == 0) run_child(&(struct child){arguments, sections && shares_table ? &program : NULL, report[1], go[0]});

    long result;
    /* An outer filter may have killed the child, and its end of the pipe is open here as well. */
    struct pollfd reporting = {.fd = report[0], .events = POLLIN};
    bool reported =
        poll(&reporting, 1, REPORT_LIMIT_MS) == 1 && read(report[0], &result, sizeof result) == sizeof result;
    close(report[0]);
    close(report[1]);
    if (reported && sections && !shares_table) result = -ENOSYS;
    *guard = (struct guard){.child = child, .error = reported && result < 0 ? (int)-result : 0, .go = go[1]};
    start_begin(child);
    if (reported && sections && result >= 0) listen_on(guard, (int)result, sections);
    return reported;
}

void guard_release(struct guard *guard) {
    if (write(guard->go, "", 1) == 1) return;
    kill(guard->child, SIGKILL);
}

void guard_resume(void) {
    if (!paused || !verify_has_room()) return;
    paused = false;
    loop_change(&listener, EPOLLIN);
}

void guard_use_policy(const struct policy *policy) {
    current_policy = policy;
    secrets_use_rules(&policy->secrets);
}

const struct policy *guard_policy(void) { return current_policy; }
