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
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "decide.h"
#include "descriptor.h"
#include "filter.h"
#include "landlock.h"
#include "library.h"
#include "loop.h"
#include "secrets.h"
#include "start.h"
#include "surroundings.h"
#include "verify.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV /* Linux 5.19 */
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif
#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS /* Linux 6.6 */
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP 1UL
#endif

enum { REPORT_LIMIT_MS = 2000, LOOK_FOR_INIT_MS = 500 };

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

/* What the child could put up. */
struct report {
    long listener; /* its number, or -errno; -ENOSYS without a filter */
    int landlock;  /* 0 or -errno */
};

static long install_filter(const struct sock_fprog *program) {
    /* Before Linux 5.16 a filter would else switch off speculation past stores, which slows all code down. */
    const unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_SPEC_ALLOW;
    long fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, program);
    if (fd < 0 && errno == EINVAL) fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, program);
    return fd < 0 ? -errno : fd;
}

struct child {
    const char *path;
    char **arguments;
    struct sock_fprog *program; /* NULL: without a filter */
    bool with_library;
    int report; /* pipe: a struct report */
    int go;     /* pipe: a byte when the runtime may start */
    pid_t init;
};

static void restore_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* This process may hold the pipe's other end itself, so that it would not see the init's end by it. */
static bool may_start(const struct child *child) {
    struct pollfd go = {.fd = child->go, .events = POLLIN};
    char byte;
    while (poll(&go, 1, LOOK_FOR_INIT_MS) == 0)
        if (getppid() != child->init) return false;
    return read(child->go, &byte, 1) == 1;
}

static _Noreturn void run_child(const struct child *child) {
    setsid(); /* neither a signal to the function's own group hits the init, nor can the function join the init's group
               */
    restore_signals();
    struct report report = {-ENOSYS, 0};
    if (child->program && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        report = (struct report){-errno, -errno};
    } else if (child->program) {
        report.landlock = landlock_restrict();
        report.listener = install_filter(child->program);
    }
    if (write(child->report, &report, sizeof report) != sizeof report) _exit(127);
    if (!may_start(child)) _exit(127);
    if (child->with_library) library_enter();
    execv(child->path, child->arguments);
    int error = errno;
    dprintf(STDERR_FILENO, "ringfence: cannot start %s: %s\n", child->arguments[0], strerror(error));
    _exit(error == ENOENT ? 127 : 126);
}

static void listen_on(int fd) {
    ioctl(fd, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP); /* faster where the kernel can */
    listener = (struct loop_source){.fd = fd, .ready = on_notification};
    loop_add_direct(&listener);
}

/* Reading is told and limited here where Landlock can't limit it; what Landlock refuses nobody is told of. */
static bool must_watch_reading(const struct policy *policy) {
    const struct file_rules *rules = &policy->files;
    if (rules->effect == EFFECT_LEARN) return true;
    return rules->effect != EFFECT_DISABLE && rules->limits_reading && !landlock_holds(policy, FILE_READ);
}

static void build_filter(struct sock_fprog *program, unsigned sections) {
    if (must_watch_reading(current_policy)) sections |= WATCH_READING;
    if (library_is_open()) sections |= TRAFFIC_BY_LIBRARY;
    program->len = (unsigned short)filter_build(program->filter, sections, getpid(), getpgrp());
}

static void let_go(struct guard *guard) {
    if (write(guard->go, "", 1) != 1) kill(guard->child, SIGKILL);
    guard->is_let_go = true;
}

/* Forks a child that waits. `result` says what it could put up. */
static bool start_child(struct guard *guard, struct child child, struct report *result) {
    int report[2], go[2];
    if (pipe2(report, O_CLOEXEC) != 0 || pipe2(go, O_CLOEXEC) != 0) return false;
    child.report = report[1];
    child.go = go[0];
    child.init = getpid();
    /* The table of descriptors is shared until the exec of a child with a filter, so the listener that it makes is the
     * init's too. */
    pid_t process = child.program ? (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0) : -1;
    if (process < 0) {
        child.program = NULL; /* emulators know no such fork */
        process = fork();
    }
    if (process < 0) return false;
    if (process == 0) run_child(&child);

    /* An outer filter may have killed the child, and its end of the pipe is open here as well. */
    struct pollfd reporting = {.fd = report[0], .events = POLLIN};
    bool reported =
        poll(&reporting, 1, REPORT_LIMIT_MS) == 1 && read(report[0], result, sizeof *result) == sizeof *result;
    close(report[0]);
    close(report[1]);
    if (!reported || result->listener < 0 || result->landlock < 0) landlock_give_up();
    *guard = (struct guard){.child = process, .go = go[1]};
    start_begin(process);
    return reported;
}

/* It ends before a descriptor is opened: as long as it shares the table, the kernel makes room there only after a grace
 * period of RCU, some 12 ms. */
static void throw_away(const struct guard *guard, const struct report *result) {
    kill(guard->child, SIGKILL);
    waitpid(guard->child, NULL, 0);
    close(guard->go);
    if (result->listener >= 0) close((int)result->listener);
}

/* Where a process can't restrict itself, the guard goes into it; where only its sockets can't be copied, the guard of
 * its network does. */
static bool start_with_library(struct guard *guard, struct child child, unsigned sections, struct report *result) {
    bool filtered = result->listener >= 0;
    int error = filtered ? 0 : (int)-result->listener;
    const char *library_error = library_open(current_policy, child.path, filtered);
    child.with_library = !library_error;
    if (filtered) {
        landlock_plan(current_policy, child.with_library);
        build_filter(child.program, sections);
    } else {
        child.program = NULL;
    }
    if (!start_child(guard, child, result)) return false;
    unsigned by_library = filtered ? SECTION_NETWORK : sections;
    guard->error = error;
    guard->library_error = library_error;
    guard->sections = library_error ? sections & ~by_library : sections;
    guard->by_library = library_error ? 0 : by_library;
    if (!library_error) library_set_main(guard->child);
    return true;
}

/* What keeps every process here from restricting itself: an errno, or 0. The kernel would refuse a 0 (EINVAL), and this
 * process must stay as it is. */
static int find_obstacle(void) { return prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 || errno == EINVAL ? 0 : errno; }

bool guard_start(struct guard *guard, char **arguments, unsigned sections) {
    struct sock_filter instructions[MAX_INSTRUCTIONS];
    struct sock_fprog program = {.filter = instructions};
    const char *path = command_find(arguments[0]);
    struct child child = {.path = path ? path : "", .arguments = arguments, .program = sections ? &program : NULL};
    struct report result;
    int obstacle = sections ? find_obstacle() : 0;
    if (obstacle) {
        result = (struct report){-obstacle, -obstacle};
        landlock_give_up();
        return start_with_library(guard, child, sections, &result);
    }
    landlock_plan(current_policy, false);
    if (sections) build_filter(&program, sections);
    if (!start_child(guard, child, &result)) return false;
    guard->sections = sections;
    if (!sections) return true;
    bool has_copies = result.listener >= 0 && descriptor_try(guard->child);
    bool lacks_copies = sections & SECTION_NETWORK && !has_copies;
    if (result.listener < 0 || lacks_copies) {
        throw_away(guard, &result);
        if (!start_with_library(guard, child, sections, &result)) return false;
    }
    guard->filter = result.listener >= 0;
    if (guard->filter) listen_on((int)result.listener);
    return true;
}

bool guard_check_library(struct guard *guard) {
    library_receive();
    if (library_reach().loaded || library_reach().spared) return true;
    guard->sections &= ~guard->by_library;
    guard->by_library = 0;
    guard->library_error = "the guard library is not in the runtime, which is a static program or could not be started";
    library_give_up();
    return false;
}

void guard_load(struct guard *guard) {
    if (guard->by_library && !guard->filter && library_loads_at_once()) let_go(guard);
}

void guard_release(struct guard *guard) {
    if (guard->by_library) library_release();
    if (!guard->is_let_go) let_go(guard);
}

void guard_resume(void) {
    if (!paused || !verify_has_room()) return;
    paused = false;
    loop_change(&listener, EPOLLIN);
}

void guard_use_policy(const struct policy *policy) {
    current_policy = policy;
    secrets_use_rules(&policy->secrets);
    surroundings_follow_links(policy);
    library_use_policy(policy);
}

const struct policy *guard_policy(void) { return current_policy; }
