/* Starts a command where a platform withholds facilities: `restrict
 * landlock|listener|seccomp|silent|ptrace|container|lambda COMMAND …`. landlock: an older kernel, without Landlock.
 * listener: one without notifications of seccomp. seccomp: prctl and seccomp answer EPERM, so a process can't restrict
 * itself. silent: prctl does nothing, and says that it did. ptrace: answers EPERM. container: what matters here of the
 * default profile of Docker and containerd (moby/profiles, default_linux.go) for a container without capabilities.
 * lambda: without Landlock and seccomp, as public reports describe classic Lambda, where 32-bit calls are killed and
 * io_uring is refused, too. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_ARCH AUDIT_ARCH_X86_64
#else
#define OWN_ARCH AUDIT_ARCH_AARCH64
#endif

enum { LANDLOCK_FIRST = 444, LANDLOCK_LAST = 446, IO_URING_FIRST = 425, IO_URING_LAST = 427, MOST = 128 };

static struct sock_filter filter[MOST];
static unsigned short length;

static void add(struct sock_filter instruction) { filter[length++] = instruction; }

static void answer_range(uint32_t first, uint32_t last, int error) {
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, first, 0, 2));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, last, 1, 0));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)error));
}

static const uint32_t absent_in_containers[] = {
    SYS_pidfd_getfd, SYS_kcmp,    SYS_userfaultfd, SYS_open_by_handle_at, SYS_mount,  SYS_umount2, SYS_pivot_root,
    SYS_setns,       SYS_unshare, SYS_open_tree,   SYS_move_mount,        SYS_fsopen, SYS_add_key, SYS_keyctl,
    SYS_request_key, SYS_bpf,     SYS_chroot,      SYS_perf_event_open,   SYS_syslog, SYS_fsmount, SYS_process_madvise};

/* Jumps to the error when the argument has one of these bits, or is that value. */
static void answer_argument(uint32_t call, unsigned argument, uint16_t comparison, uint32_t value, int error) {
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4));
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + 8 * argument));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | comparison | BPF_K, value, 0, 1));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)error));
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
}

static void answer_as_container(void) {
    const uint32_t namespaces =
        CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP;
    for (size_t i = 0; i < sizeof absent_in_containers / sizeof absent_in_containers[0]; i++)
        answer_range(absent_in_containers[i], absent_in_containers[i], EPERM);
    answer_range(IO_URING_FIRST, IO_URING_LAST, EPERM);
    answer_range(SYS_clone3, SYS_clone3, ENOSYS);
    answer_argument(SYS_clone, 0, BPF_JSET, namespaces, EPERM);
    answer_argument(SYS_socket, 0, BPF_JEQ, AF_VSOCK, EPERM);
}

static bool build(const char *mode) {
    bool is_lambda = strcmp(mode, "lambda") == 0;
    bool without_landlock = is_lambda || strcmp(mode, "landlock") == 0;
    bool without_ptrace = strcmp(mode, "ptrace") == 0, is_container = strcmp(mode, "container") == 0;
    bool without_listener = strcmp(mode, "listener") == 0, is_silent = strcmp(mode, "silent") == 0;
    bool without_seccomp = is_lambda || strcmp(mode, "seccomp") == 0;
    if (is_lambda) {
        add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
        add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCH, 1, 0));
        add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    }
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    if (without_landlock) answer_range(LANDLOCK_FIRST, LANDLOCK_LAST, ENOSYS);
    if (without_listener) answer_argument(SYS_seccomp, 1, BPF_JSET, SECCOMP_FILTER_FLAG_NEW_LISTENER, EINVAL);
    if (is_silent) answer_range(SYS_prctl, SYS_prctl, 0);
    if (without_seccomp) answer_range(SYS_prctl, SYS_prctl, EPERM);
    if (without_seccomp) answer_range(SYS_seccomp, SYS_seccomp, EPERM);
    if (without_ptrace) answer_range(SYS_ptrace, SYS_ptrace, EPERM);
    if (is_container) answer_as_container();
    if (is_lambda) answer_range(IO_URING_FIRST, IO_URING_LAST, EPERM);
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    return without_landlock || without_listener || without_seccomp || is_silent || without_ptrace || is_container;
}

int main(int argc, char **argv) {
    if (argc < 3 || !build(argv[1])) {
        fputs("usage: restrict landlock|listener|seccomp|silent|ptrace|container|lambda COMMAND ...\n", stderr);
        return 64;
    }
    struct sock_fprog program = {length, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program))
        return perror("restrict"), 125;
    execv(argv[2], argv + 2);
    return perror(argv[2]), 126;
}
