/* Tries to start `evil` in the way that the first argument names; for the tests of the process policy. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *evil, *allowed;
static char *arguments[] = {"evil", "argument", NULL};

static int ended(pid_t child) {
    int status;
    if (child < 0) return errno;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

static int in_fork(int (*attempt)(void)) {
    pid_t child = fork();
    if (child == 0) _exit(attempt());
    return ended(child);
}

static int by_execve(void) { return execve(evil, arguments, environ), errno; }
static int by_bare_execve(void) { return execve(evil, arguments, (char *[]){NULL}), errno; }
static int by_execveat(void) {
    return syscall(SYS_execveat, open(evil, O_PATH), "", arguments, environ, AT_EMPTY_PATH), errno;
}
static int by_relative(void) {
    char folder[4096];
    strcpy(folder, evil);
    *strrchr(folder, '/') = '\0';
    return chdir(folder), execve("./evil", arguments, environ), errno;
}
static int by_fexecve(void) { return fexecve(open(evil, O_RDONLY), arguments, environ), errno; }
static int by_proc_fd(void) {
    char path[64];
    sprintf(path, "/proc/self/fd/%d", open(evil, O_RDONLY));
    return execve(path, arguments, environ), errno;
}

static int copy(int to) {
    char buffer[65536];
    int from = open(evil, O_RDONLY);
    for (ssize_t got; (got = read(from, buffer, sizeof buffer)) > 0;)
        if (write(to, buffer, (size_t)got) != got) return errno;
    return 0;
}
static int by_memfd(void) {
    int fd = (int)syscall(SYS_memfd_create, "x", 1 /* MFD_CLOEXEC */);
    copy(fd);
    return syscall(SYS_execveat, fd, "", arguments, environ, AT_EMPTY_PATH), errno;
}
static int by_memfd_path(void) {
    char path[64];
    int fd = (int)syscall(SYS_memfd_create, "x", 0);
    copy(fd);
    sprintf(path, "/proc/self/fd/%d", fd);
    return execve(path, arguments, environ), errno;
}
static int by_deleted(void) {
    int fd = open("/tmp", O_TMPFILE | O_RDWR, 0755);
    copy(fd);
    char path[64];
    sprintf(path, "/proc/self/fd/%d", fd);
    int readable = open(path, O_RDONLY);
    close(fd);
    return syscall(SYS_execveat, readable, "", arguments, environ, AT_EMPTY_PATH), errno;
}
static int by_posix_spawn(void) {
    pid_t child;
    int error = posix_spawn(&child, evil, NULL, NULL, arguments, environ);
    return error ? error : ended(child);
}
static int by_vfork(void) {
    pid_t child = vfork();
    if (child == 0) {
        execve(evil, arguments, environ);
        _exit(errno);
    }
    return ended(child);
}
static int by_clone3(void) {
    struct clone_args args = {.flags = CLONE_VFORK, .exit_signal = SIGCHLD};
    pid_t child = (pid_t)syscall(SYS_clone3, &args, sizeof args);
    if (child == 0) {
        execve(evil, arguments, environ);
        _exit(errno);
    }
    return ended(child);
}
static void *exec_thread(void *unused) {
    (void)unused;
    execve(evil, arguments, environ);
    exit(errno);
}
static int by_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, exec_thread, NULL);
    pthread_join(thread, NULL);
    return 0;
}
static int by_self(void) {
    char *again[] = {"attack", "evil-again", NULL};
    return execve("/proc/self/exe", again, environ), errno;
}
static int by_system(void) { return WEXITSTATUS(system(evil)); }
static int by_loader(void) {
    char *loader[] = {"ld.so", (char *)(uintptr_t)evil, NULL};
    return execve("/lib64/ld-linux-x86-64.so.2", loader, environ), errno;
}
static int by_script(void) {
    char path[64];
    sprintf(path, "/tmp/ringfence-script-%d", getpid());
    FILE *file = fopen(path, "w");
    fprintf(file, "#!%s\n", evil);
    fclose(file);
    chmod(path, 0755);
    return execve(path, arguments, environ), errno;
}
static int by_copy_of_name(void) {
    const char *name = strrchr(allowed, '/') + 1;
    char path[256];
    sprintf(path, "/tmp/ringfence-copy-%d", getpid());
    mkdir(path, 0755);
    strcat(path, "/");
    strcat(path, name);
    int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0755);
    copy(fd);
    close(fd);
    return execve(path, arguments, environ), errno;
}
static int by_symlink(void) {
    char path[64];
    sprintf(path, "/tmp/ringfence-link-%d", getpid());
    unlink(path); /* process ids come again */
    if (symlink(evil, path)) return errno;
    return execve(path, arguments, environ), errno;
}
static int by_dot_dot(void) {
    char path[4096];
    sprintf(path, "/usr/bin/../..%s", evil);
    return execve(path, arguments, environ), errno;
}
static int by_proc_root(void) {
    char path[4096];
    sprintf(path, "/proc/self/root%s", evil);
    return execve(path, arguments, environ), errno;
}
static int by_nondumpable(void) {
    prctl(PR_SET_DUMPABLE, 0);
    return execve(evil, arguments, environ), errno;
}
static int by_unreadable_memory(void) {
    long page = sysconf(_SC_PAGESIZE);
    char *at = mmap(NULL, (size_t)page * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(at + page, (size_t)page);
    char *path = at + page - strlen(evil) - 1; /* the string ends where the mapping ends */
    strcpy(path, evil);
    return execve(path, arguments, environ), errno;
}
static int by_nested_traced(void) { /* the tracer of a process keeps the init from seizing it */
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        execve(evil, arguments, environ);
        _exit(errno);
    }
    return ended(child);
}
/* Whatever a further filter says of an exec, the guard is still asked; another listener the kernel refuses. */
static int by_own_filter(void) {
    struct sock_filter lines[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execve, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof lines / sizeof lines[0], lines};
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program) >= 0) return 0;
    if (errno != EBUSY || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) return errno;
    return execve(evil, arguments, environ), errno;
}
/* With another root, a path means a file that the init does not find under it. */
static int by_chroot(void) {
    char folder[4096];
    strcpy(folder, evil);
    char *name = strrchr(folder, '/');
    *name = '\0';
    if (unshare(CLONE_NEWUSER) || chroot(folder)) return errno;
    *name = '/';
    return execve(name, arguments, environ), errno;
}
/* The path lies in memory whose page faults this process answers, and never will. */
static int by_held_memory(void) {
    int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | 1 /* UFFD_USER_MODE_ONLY */);
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    char *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct uffdio_api api = {.api = UFFD_API};
    struct uffdio_register area = {.range = {(uintptr_t)page, size}, .mode = UFFDIO_REGISTER_MODE_MISSING};
    if (fd < 0 || ioctl(fd, UFFDIO_API, &api) || ioctl(fd, UFFDIO_REGISTER, &area)) return errno;
    return execve(page, arguments, environ), errno;
}
#ifdef __x86_64__
static long call_int80(long number, long a, long b, long c) {
    long result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(number), "b"(a), "c"(b), "d"(c)
                     : "memory", "r8", "r9", "r10", "r11");
    return result;
}
static int by_int80(void) {
    char *low = mmap((void *)0x10000000, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    strcpy(low, evil);
    uint32_t *vector = (uint32_t *)(low + 2048);
    vector[0] = (uint32_t)(uintptr_t)low;
    vector[1] = 0;
    return (int)-call_int80(11, (long)(uintptr_t)low, (long)(uintptr_t)vector, 0);
}
static int by_x32(void) {
    long result = syscall(0x40000000 | 520, evil, arguments, environ);
    return result < 0 ? errno : 0;
}
#endif
static int by_io_uring(void) {
    char parameters[256] = {0};
    long fd = syscall(SYS_io_uring_setup, 4, parameters);
    return fd >= 0 ? 0 : errno;
}

/* AT_EXECVE_CHECK asks whether a program could be started. */
static int only_asked(void) {
    enum { CHECK = 0x10000 };
    if (syscall(SYS_execveat, AT_FDCWD, allowed, arguments, environ, CHECK)) return errno + 1000;
    usleep(200000); /* whatever the guard began for an exec has been given up */
    if (syscall(SYS_execveat, AT_FDCWD, evil, arguments, environ, CHECK) == 0) return 0;
    return errno == EPERM ? by_execve() : errno + 2000;
}
static int traced_by_init(void) { return ptrace(PTRACE_TRACEME, 0, 0, 0) ? errno : raise(SIGWINCH); }
static pid_t init_pid(void) { return getppid(); }
static int kill_init(void) { return kill(init_pid(), SIGKILL) ? errno : 0; }
static int kill_all(void) { return kill(-1, SIGKILL) ? errno : 0; }
static int kill_group(void) {
    pid_t group = getpgid(init_pid());
    return group == getpgrp() ? 99 : kill(-group, SIGKILL) ? errno : 0;
}
static int tgkill_init(void) { return syscall(SYS_tgkill, init_pid(), init_pid(), SIGKILL) ? errno : 0; }
static int sigqueue_init(void) { return sigqueue(init_pid(), SIGKILL, (union sigval){0}) ? errno : 0; }
static int ptrace_init(void) { return ptrace(PTRACE_SEIZE, init_pid(), 0, 0) ? errno : 0; }
static int pidfd_init(void) { return syscall(SYS_pidfd_open, init_pid(), 0) < 0 ? errno : 0; }
static int limit_init(void) {
    uint64_t limit[2] = {0, 0};
    return syscall(SYS_prlimit64, init_pid(), 7, limit, NULL) ? errno : 0;
}
static int write_init(void) {
    char byte = 0;
    struct iovec local = {&byte, 1}, remote = {(void *)0x400000, 1};
    return process_vm_writev(init_pid(), &local, 1, &remote, 1, 0) < 0 ? errno : 0;
}
static int signal_by_proc_folder(void) {
    char path[64];
    sprintf(path, "/proc/%d", init_pid());
    return syscall(424 /* pidfd_send_signal */, open(path, O_RDONLY | O_DIRECTORY), SIGKILL, NULL, 0) ? errno : 0;
}
static int join_init_group(void) { return setpgid(0, getpgid(init_pid())) ? errno : kill(0, SIGKILL); }
static int owned_by_init(int number) {
    int ends[2];
    pid_t init = init_pid();
    if (pipe(ends) || fcntl(ends[0], F_SETOWN, init)) return errno;
    if (number && fcntl(ends[0], F_SETSIG, number)) return errno;
    if (fcntl(ends[0], F_SETFL, O_ASYNC) || write(ends[1], "", 1) != 1) return errno;
    usleep(10000);
    return getppid() == init ? 0 : ESRCH; /* the signal ended it */
}
static int kill_as_owner(void) { return owned_by_init(SIGKILL); }
static int stop_as_owner(void) { return owned_by_init(SIGSTOP); }
static int sigio_as_owner(void) {
    for (int number = 0; number <= SIGRTMAX; number++) /* but those that the init passes on, which end this process */
        if (number != SIGKILL && number != SIGSTOP && number != SIGTERM && number != SIGINT && number != SIGHUP &&
            number != SIGQUIT && number != SIGUSR1 && number != SIGUSR2)
            if (owned_by_init(number) == ESRCH) return ESRCH;
    return kill(init_pid(), 0) ? errno : 0;
}
static int idle_init(void) { return sched_setscheduler(init_pid(), SCHED_IDLE, &(struct sched_param){0}) ? errno : 0; }
static int nice_init(void) { return setpriority(PRIO_PROCESS, (id_t)init_pid(), 19) ? errno : 0; }
static int nice_user(void) { return setpriority(PRIO_USER, 0, 19) ? errno : 0; }
static int idle_io_init(void) { return syscall(SYS_ioprio_set, 1, init_pid(), 3 << 13 /* idle */) ? errno : 0; }
static int idle_io_user(void) { return syscall(SYS_ioprio_set, 3, getuid(), 3 << 13) ? errno : 0; }
static int set_binary(void) { return prctl(PR_SET_MM, PR_SET_MM_EXE_FILE, open(evil, O_RDONLY), 0, 0) ? errno : 0; }
static int hold_kernel_faults(void) { return syscall(SYS_userfaultfd, O_CLOEXEC) < 0 ? errno : 0; }
static int take_lease(void) {
    int fd = open("/tmp", O_TMPFILE | O_RDWR, 0600);
    return fcntl(fd, F_SETLEASE, F_WRLCK) ? errno : 0;
}
static int mount_over(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWNS);
    return mount("none", "/tmp", "tmpfs", 0, NULL) ? errno : 0;
}
static int move_mount_over(void) {
    return syscall(429 /* move_mount */, AT_FDCWD, "/tmp", AT_FDCWD, "/usr", 0) ? errno : 0;
}
static int open_file_system(void) { return syscall(430 /* fsopen */, "tmpfs", 0) < 0 ? errno : 0; }
static int open_tree_copy(void) {
    return syscall(428 /* open_tree */, AT_FDCWD, "/tmp", 1 /* OPEN_TREE_CLONE */) < 0 ? errno : 0;
}
static int pivot(void) { return syscall(SYS_pivot_root, "/tmp", "/tmp") ? errno : 0; }
/* In a mount namespace of its own the name of the allowed script leads to another script. */
static int by_mounted_script(void) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) || mount(evil, allowed, NULL, MS_BIND, NULL)) return EPERM; /* not here */
    return execve(allowed, arguments, environ), errno;
}

/* Races: one thread changes what another asked for. Returns how often something else than `allowed` ran. */
static char shared_path[4096];
static volatile int racing = 1;
static void *swap_path(void *unused) {
    (void)unused;
    while (racing) {
        strcpy(shared_path, evil);
        strcpy(shared_path, allowed);
    }
    return NULL;
}
static volatile pid_t racer;
static void *swap_path_and_stop(void *unused) {
    (void)unused;
    while (racing) {
        strcpy(shared_path, evil);
        pid_t stopped = racer;
        if (stopped > 0) kill(stopped, SIGSTOP);
        strcpy(shared_path, allowed);
        if (stopped > 0) kill(stopped, SIGCONT);
    }
    return NULL;
}
static void *swap_link(void *unused) {
    (void)unused;
    char next[64];
    for (int i = 0; racing; i++) {
        sprintf(next, "/tmp/ringfence-swap-%d", i & 1);
        unlink(next);
        if (symlink(i & 1 ? evil : allowed, next) == 0) rename(next, "/tmp/ringfence-swap");
    }
    return NULL;
}
static void *swap_loader(void *unused) {
    (void)unused;
    while (racing) {
        strcpy(shared_path, "/lib64/ld-linux-x86-64.so.2");
        strcpy(shared_path, allowed);
    }
    return NULL;
}
/* With the option of an allowed script's first line, its interpreter and its name stand where they are expected. */
static void *swap_interpreter(void *unused) {
    (void)unused;
    while (racing) {
        strcpy(shared_path, "/usr/bin/dash");
        strcpy(shared_path, allowed);
    }
    return NULL;
}
static char shared_argument[] = "good";
static void *swap_argument(void *unused) {
    (void)unused;
    while (racing) {
        *(volatile char *)shared_argument = 'f';
        *(volatile char *)shared_argument = 'g';
    }
    return NULL;
}
static int race(void *(*swapper)(void *), char **with, int rounds) {
    volatile int ran_evil = 0; /* lives across vfork */
    pthread_t thread;
    strcpy(shared_path, allowed);
    pthread_create(&thread, NULL, swapper, NULL);
    for (int i = 0; i < rounds; i++) {
        pid_t child = vfork();
        if (child == 0) {
            racer = getpid();
            execve(swapper == swap_link ? "/tmp/ringfence-swap" : shared_path, with, environ);
            _exit(90);
        }
        if (ended(child) == 66) ran_evil++;
        racer = 0;
    }
    racing = 0;
    pthread_join(thread, NULL);
    return ran_evil;
}

/* Two threads exec an allowed program at once; whichever comes second must leave nothing behind that lets the next exec
 * of that process go unverified. The allowed program is this one, which then races for its next exec. */
static void *exec_racer(void *self) {
    char *racer[] = {self, "swap-once", (char *)(uintptr_t)evil, (char *)(uintptr_t)allowed, NULL};
    execve(self, racer, environ);
    return NULL;
}
static int race_leader(char *self, int rounds) {
    int ran_evil = 0;
    for (int i = 0; i < rounds; i++) {
        pid_t child = fork();
        if (child == 0) {
            pthread_t thread;
            pthread_create(&thread, NULL, exec_racer, self);
            exec_racer(self);
            _exit(90);
        }
        if (ended(child) == 66) ran_evil++;
    }
    return ran_evil;
}
static int swap_once(void) {
    char *plain[] = {"true", NULL};
    pthread_t thread;
    strcpy(shared_path, allowed);
    pthread_create(&thread, NULL, swap_path, NULL);
    execve(shared_path, plain, environ);
    return 90;
}

struct way {
    const char *name;
    int (*attempt)(void);
    int in_own_process;
};
static const struct way ways[] = {
    {"execve", by_execve, 0},
    {"bare-execve", by_bare_execve, 0},
    {"execveat", by_execveat, 0},
    {"relative", by_relative, 0},
    {"fexecve", by_fexecve, 0},
    {"proc-fd", by_proc_fd, 0},
    {"memfd", by_memfd, 0},
    {"memfd-path", by_memfd_path, 0},
    {"deleted", by_deleted, 0},
    {"posix_spawn", by_posix_spawn, 1},
    {"vfork", by_vfork, 1},
    {"clone3", by_clone3, 1},
    {"thread", by_thread, 0},
    {"self", by_self, 0},
    {"system", by_system, 1},
    {"loader", by_loader, 0},
    {"script", by_script, 0},
    {"copy-of-name", by_copy_of_name, 0},
    {"symlink", by_symlink, 0},
    {"dot-dot", by_dot_dot, 0},
    {"proc-root", by_proc_root, 0},
    {"nondumpable", by_nondumpable, 0},
    {"end-of-mapping", by_unreadable_memory, 0},
    {"traced", by_nested_traced, 1},
    {"own-filter", by_own_filter, 0},
    {"held-memory", by_held_memory, 0},
    {"chroot", by_chroot, 0},
    {"only-asked", only_asked, 1},
    {"traced-by-init", traced_by_init, 1},
#ifdef __x86_64__
    {"int80", by_int80, 0},
    {"x32", by_x32, 0},
#endif
    {"mounted-script", by_mounted_script, 0},
    {"io_uring", by_io_uring, 1},
    {"kill-init", kill_init, 1},
    {"kill-all", kill_all, 1},
    {"kill-group", kill_group, 1},
    {"tgkill-init", tgkill_init, 1},
    {"sigqueue-init", sigqueue_init, 1},
    {"ptrace-init", ptrace_init, 1},
    {"pidfd-init", pidfd_init, 1},
    {"limit-init", limit_init, 1},
    {"write-init", write_init, 1},
    {"proc-folder-signal", signal_by_proc_folder, 1},
    {"kill-as-owner", kill_as_owner, 1},
    {"stop-as-owner", stop_as_owner, 1},
    {"sigio-as-owner", sigio_as_owner, 1},
    {"join-group", join_init_group, 1},
    {"idle-init", idle_init, 1},
    {"nice-init", nice_init, 1},
    {"nice-user", nice_user, 1},
    {"idle-io-init", idle_io_init, 1},
    {"idle-io-user", idle_io_user, 1},
    {"set-binary", set_binary, 1},
    {"hold-kernel-faults", hold_kernel_faults, 1},
    {"take-lease", take_lease, 1},
    {"mount", mount_over, 0},
    {"move-mount", move_mount_over, 0},
    {"open-file-system", open_file_system, 0},
    {"pivot-root", pivot, 0},
    {"open-tree", open_tree_copy, 0},
};

int main(int argc, char **argv) {
    const char *way = argc > 1 ? argv[1] : "";
    if (strcmp(way, "evil-again") == 0) return puts("EVIL RAN"), 66;
    evil = argc > 2 ? argv[2] : "";
    allowed = argc > 3 ? argv[3] : "";
    int rounds = argc > 4 ? atoi(argv[4]) : 1;
    setvbuf(stdout, NULL, _IONBF, 0);
    if (strcmp(way, "swap-once") == 0) return swap_once();
    if (strcmp(way, "race-leader") == 0) return printf("RESULT %d\n", race_leader(argv[0], rounds)), 0;
    if (strncmp(way, "race-", 5) == 0) {
        char *loader[] = {"ld.so", argv[2], NULL}, *plain[] = {"true", NULL};
        char *script[] = {"/bin/dash", argv[2], argv[3], NULL}, *argument[] = {"printf", shared_argument, NULL};
        int ran = strcmp(way, "race-path") == 0          ? race(swap_path, plain, rounds)
                  : strcmp(way, "race-link") == 0        ? race(swap_link, plain, rounds)
                  : strcmp(way, "race-stop") == 0        ? race(swap_path_and_stop, plain, rounds)
                  : strcmp(way, "race-interpreter") == 0 ? race(swap_interpreter, script, rounds)
                  : strcmp(way, "race-arguments") == 0   ? race(swap_argument, argument, rounds)
                                                         : race(swap_loader, loader, rounds);
        return printf("RESULT %d\n", ran), 0;
    }
    if (strcmp(way, "flood") == 0) { /* many execs at once, half of them allowed */
        volatile int ok = 0, no = 0;
        for (int i = 0; i < rounds; i++) {
            pid_t child = vfork();
            if (child == 0) {
                char *plain[] = {"x", NULL};
                execve(i & 1 ? evil : allowed, plain, environ);
                _exit(errno);
            }
            int code = ended(child);
            ok += code == 0;
            no += code == EPERM;
        }
        return printf("RESULT %d %d\n", ok, no), 0;
    }
    if (strcmp(way, "orphan") == 0) { /* waits until the init is gone */
        pid_t init = init_pid();
        if (fork()) return pause();
        printf("READY %d\n", init);
        while (kill(init, 0) == 0 || errno == EPERM) usleep(1000);
        FILE *out = fopen(allowed, "w");
        fprintf(out, "RESULT %d\n", in_fork(by_execve));
        return fclose(out);
    }
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (strcmp(ways[i].name, way) == 0)
            return printf("RESULT %d\n", ways[i].in_own_process ? ways[i].attempt() : in_fork(ways[i].attempt)), 0;
    return 2;
}
