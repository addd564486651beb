/* Starts a command where a platform withholds facilities: `restrict landlock|seccomp|ptrace|getfd|lambda COMMAND …`.
 * landlock: an older kernel, without Landlock. seccomp: prctl and seccomp answer EPERM, so a process can't restrict
 * itself. ptrace: answers EPERM. getfd: pidfd_getfd does, as in Docker's default profile. lambda: both, as public
 * reports describe classic Lambda, where 32-bit calls are killed and io_uring is refused, too. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_ARCH AUDIT_ARCH_X86_64
#else
#define OWN_ARCH AUDIT_ARCH_AARCH64
#endif

enum { LANDLOCK_FIRST = 444, LANDLOCK_LAST = 446, IO_URING_FIRST = 425, IO_URING_LAST = 427, MOST = 24 };

static struct sock_filter filter[MOST];
static unsigned short length;

static void add(struct sock_filter instruction) { filter[length++] = instruction; }

static void answer_range(uint32_t first, uint32_t last, int error) {
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, first, 0, 2));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, last, 1, 0));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)error));
}

static bool build(const char *mode) {
    bool is_lambda = strcmp(mode, "lambda") == 0;
    bool without_landlock = is_lambda || strcmp(mode, "landlock") == 0;
    bool without_ptrace = strcmp(mode, "ptrace") == 0, without_getfd = strcmp(mode, "getfd") == 0;
    bool without_seccomp = is_lambda || strcmp(mode, "seccomp") == 0;
    if (is_lambda) {
        add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
        add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCH, 1, 0));
        add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    }
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    if (without_landlock) answer_range(LANDLOCK_FIRST, LANDLOCK_LAST, ENOSYS);
    if (without_seccomp) answer_range(SYS_prctl, SYS_prctl, EPERM);
    if (without_seccomp) answer_range(SYS_seccomp, SYS_seccomp, EPERM);
    if (without_ptrace) answer_range(SYS_ptrace, SYS_ptrace, EPERM);
    if (without_getfd) answer_range(SYS_pidfd_getfd, SYS_pidfd_getfd, EPERM);
    if (is_lambda) answer_range(IO_URING_FIRST, IO_URING_LAST, EPERM);
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    return without_landlock || without_seccomp || without_ptrace || without_getfd;
}

int main(int argc, char **argv) {
    if (argc < 3 || !build(argv[1])) {
        fputs("usage: restrict landlock|seccomp|ptrace|getfd|lambda COMMAND ...\n", stderr);
        return 64;
    }
    struct sock_fprog program = {length, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program))
        return perror("restrict"), 125;
    execv(argv[2], argv + 2);
    return perror(argv[2]), 126;
}
