/* `ringfence run --like lambda` starts the runtime through this: `lambda-sandbox USER COMMAND …`. It gives up root's
 * rights and answers system calls as public reports say that Lambda does (docs/decisions/like-lambda.md). The filter is
 * installed by root, without no_new_privs, so that what runs in it finds itself as it would in Lambda. */
#include <errno.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_ARCH AUDIT_ARCH_X86_64
#else
#define OWN_ARCH AUDIT_ARCH_AARCH64
#endif

enum {
    FIRST_AFTER_5_10 = 441, /* epoll_pwait2 came with Linux 5.11 */
    NAMESPACES =
        CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP,
    MOST_FILES = 1024,
    MOST_PROCESSES = 1024,
    FIRST_INHERITED = 3
};

#define JUMP(test, value, when_true, when_false) BPF_JUMP(BPF_JMP | (test) | BPF_K, value, when_true, when_false)
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, action)
#define REFUSE(call) JUMP(BPF_JEQ, call, 0, 1), ANSWER(SECCOMP_RET_ERRNO | EPERM)

static struct sock_filter filter[] = {
    LOAD(arch),
    JUMP(BPF_JEQ, OWN_ARCH, 1, 0),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    JUMP(BPF_JGE, FIRST_AFTER_5_10, 0, 1),
    ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
    JUMP(BPF_JEQ, SYS_clone3, 0, 1), /* its flags lie in memory; libraries fall back to clone */
    ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
    REFUSE(SYS_prctl),
    REFUSE(SYS_seccomp),
    REFUSE(SYS_ptrace),
    REFUSE(SYS_fallocate),
    REFUSE(SYS_unshare),
    REFUSE(SYS_setns),
    REFUSE(SYS_io_uring_setup),
    REFUSE(SYS_io_uring_enter),
    REFUSE(SYS_io_uring_register),
    JUMP(BPF_JEQ, SYS_clone, 0, 3),
    LOAD(args[0]),
    JUMP(BPF_JSET, NAMESPACES, 0, 1),
    ANSWER(SECCOMP_RET_ERRNO | EPERM),
    ANSWER(SECCOMP_RET_ALLOW),
};

static bool limit(int resource, rlim_t most) { return setrlimit(resource, &(struct rlimit){most, most}) == 0; }

static void forget_capabilities(void) {
    for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) {
    }
}

static bool restrict_calls(void) {
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

static bool become(unsigned user) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    return setresuid(user, user, user) == 0 && syscall(SYS_capset, &header, none) == 0;
}

int main(int argc, char **argv) {
    if (argc < 3) return fputs("usage: lambda-sandbox USER COMMAND ...\n", stderr), 64;
    unsigned user = (unsigned)strtoul(argv[1], NULL, 10);
    forget_capabilities();
    if (!limit(RLIMIT_NOFILE, MOST_FILES) || !limit(RLIMIT_NPROC, MOST_PROCESSES) || setgroups(0, NULL) ||
        setresgid(user, user, user) || !restrict_calls() || !become(user) || close_range(FIRST_INHERITED, ~0u, 0))
        return perror("lambda-sandbox"), 125;
    execv(argv[2], argv + 2);
    return perror(argv[2]), errno == ENOENT ? 127 : 126;
}
