/* Tries what Lambda refuses and prints one line for each: the name of the call and "ok" or the error's number. */
#include <errno.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IO_URING_SETUP = 425, LANDLOCK_CREATE_RULESET = 444, FUTEX_WAITV = 449 };

static void tell(const char *name, long result) {
    if (result < 0)
        printf("%s %s\n", name, strerrorname_np(errno));
    else
        printf("%s ok\n", name);
    fflush(stdout);
}

static void tell_32_bit_call(void) {
#if defined(__x86_64__)
    pid_t child = fork();
    if (child == 0) {
        long answer = 20; /* getpid */
        __asm__ volatile("int $0x80" : "+a"(answer)::"memory");
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    printf("int80 %s\n", WIFSIGNALED(status) ? sigabbrev_np(WTERMSIG(status)) : "ok");
#endif
}

static long clone_user_namespace(void) {
    long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) _exit(0);
    return pid;
}

int main(void) {
    char uring_parameters[120] = {0};
    tell("PR_SET_NO_NEW_PRIVS", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    tell("PR_SET_NAME", prctl(PR_SET_NAME, "probe", 0, 0, 0));
    tell("PR_GET_DUMPABLE", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
    tell("seccomp", syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &(unsigned){SECCOMP_RET_ALLOW}));
    tell("landlock", syscall(LANDLOCK_CREATE_RULESET, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION));
    tell("futex_waitv", syscall(FUTEX_WAITV, NULL, 0, 0, NULL, 0));
    tell("io_uring", syscall(IO_URING_SETUP, 1, uring_parameters));
    tell("fallocate", syscall(SYS_fallocate, memfd_create("probe", 0), 0, 0, 1));
    tell("unshare", unshare(CLONE_NEWUSER));
    tell("clone", clone_user_namespace());
    tell("setns", setns(-1, 0));
    tell("mount", mount("none", "/tmp", "tmpfs", 0, NULL));
    tell("ptrace", ptrace(PTRACE_ATTACH, -1, NULL, NULL));
    tell("setuid", setuid(0));
    tell_32_bit_call();
    return 0;
}
