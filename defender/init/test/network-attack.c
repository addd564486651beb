/* Tries to reach an address, or to listen, in the way that the first argument names; for the tests of the network
 * policy. `serve` is the other side: it says whom it heard on which of its addresses. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PORT = 7000, ICMP = 1, MPTCP = 262, SCTP = 132, FLOW_LABEL = 32, FAST_OPEN = 0x20000000 };

static const char *target, *other; /* addresses, paths or names */
static int port = PORT, rounds = 1;

static struct sockaddr_in ipv4(const char *address) {
    struct sockaddr_in made = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, address, &made.sin_addr);
    return made;
}

static struct sockaddr_in6 ipv6(const char *address) {
    struct sockaddr_in6 made = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    inet_pton(AF_INET6, address, &made.sin6_addr);
    return made;
}

static socklen_t local(const char *name, struct sockaddr_un *made) {
    *made = (struct sockaddr_un){.sun_family = AF_UNIX};
    strncpy(made->sun_path, name, sizeof made->sun_path - 1);
    if (name[0] == '@') made->sun_path[0] = '\0';
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name) + (name[0] != '@'));
}

static int connect_to(int fd, const void *address, socklen_t length) {
    return connect(fd, address, length) == 0 ? 0 : errno;
}

static int tcp(void) {
    struct sockaddr_in to = ipv4(target);
    return connect_to(socket(AF_INET, SOCK_STREAM, 0), &to, sizeof to);
}

static int tcp_nonblocking(void) {
    struct sockaddr_in to = ipv4(target);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), error = connect_to(fd, &to, sizeof to);
    if (error != EINPROGRESS) return error;
    struct pollfd waiting = {fd, POLLOUT, 0};
    socklen_t size = sizeof error;
    poll(&waiting, 1, 5000);
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

static int tcp6(void) {
    struct sockaddr_in6 to = ipv6(target);
    return connect_to(socket(AF_INET6, SOCK_STREAM, 0), &to, sizeof to);
}

static int udp_connect(void) {
    struct sockaddr_in to = ipv4(target);
    int fd = socket(AF_INET, SOCK_DGRAM, 0), error = connect_to(fd, &to, sizeof to);
    return error ? error : send(fd, "x", 1, 0) == 1 ? 0 : errno;
}

static int udp_sendto(void) {
    struct sockaddr_in to = ipv4(target);
    return sendto(socket(AF_INET, SOCK_DGRAM, 0), "x", 1, 0, (void *)&to, sizeof to) == 1 ? 0 : errno;
}

static int udp_without_family(void) {
    struct sockaddr_in to = ipv4(target);
    to.sin_family = AF_UNSPEC; /* taken for AF_INET */
    return sendto(socket(AF_INET, SOCK_DGRAM, 0), "x", 1, 0, (void *)&to, sizeof to) == 1 ? 0 : errno;
}

static int udp6_to_ipv4(void) {
    struct sockaddr_in to = ipv4(target);
    return sendto(socket(AF_INET6, SOCK_DGRAM, 0), "x", 1, 0, (void *)&to, sizeof to) == 1 ? 0 : errno;
}

static int udp_sendmsg(void) {
    struct sockaddr_in to = ipv4(target);
    struct iovec pieces[] = {{"x", 1}, {"y", 1}};
    struct msghdr message = {.msg_name = &to, .msg_namelen = sizeof to, .msg_iov = pieces, .msg_iovlen = 2};
    return sendmsg(socket(AF_INET, SOCK_DGRAM, 0), &message, 0) == 2 ? 0 : errno;
}

static int udp_sendmmsg(void) {
    struct sockaddr_in first = ipv4(other), second = ipv4(target);
    struct iovec piece = {"x", 1};
    struct mmsghdr messages[2] = {
        {.msg_hdr = {.msg_name = &first, .msg_namelen = sizeof first, .msg_iov = &piece, .msg_iovlen = 1}},
        {.msg_hdr = {.msg_name = &second, .msg_namelen = sizeof second, .msg_iov = &piece, .msg_iovlen = 1}}};
    return sendmmsg(socket(AF_INET, SOCK_DGRAM, 0), messages, 2, 0) == 2 ? 0 : errno;
}

static int lookup(void) {
    struct addrinfo *found;
    return -getaddrinfo(target, NULL, NULL, &found);
}

static int fast_open(void) {
    struct sockaddr_in to = ipv4(target);
    return sendto(socket(AF_INET, SOCK_STREAM, 0), "x", 1, FAST_OPEN, (void *)&to, sizeof to) == 1 ? 0 : errno;
}

static int reconnect_udp(void) { /* an allowed peer first */
    struct sockaddr_in first = ipv4(other), second = ipv4(target);
    struct sockaddr none = {.sa_family = AF_UNSPEC};
    int fd = socket(AF_INET, SOCK_DGRAM, 0), error = connect_to(fd, &first, sizeof first);
    if (!error) error = connect_to(fd, &none, sizeof none);
    return error ? 200 + error : connect_to(fd, &second, sizeof second);
}

static int source_route_option(void) {
    uint8_t option[8] = {131 /* loose source route */, 7, 4};
    inet_pton(AF_INET, target, option + 3);
    return setsockopt(socket(AF_INET, SOCK_DGRAM, 0), IPPROTO_IP, IP_OPTIONS, option, sizeof option) ? errno : 0;
}

static int source_route_message(void) {
    struct sockaddr_in to = ipv4(other);
    struct iovec piece = {"x", 1};
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(8)] = "";
    struct msghdr message = {&to, sizeof to, &piece, 1, control, sizeof control, 0};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    *head = (struct cmsghdr){.cmsg_len = CMSG_LEN(8), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_RETOPTS};
    uint8_t option[8] = {131, 7, 4};
    inet_pton(AF_INET, target, option + 3);
    memcpy(CMSG_DATA(head), option, sizeof option);
    return sendmsg(socket(AF_INET, SOCK_DGRAM, 0), &message, 0) == 1 ? 0 : errno;
}

static int routing_header(void) {
    uint8_t header[24] = {0, 2, 2, 1};
    inet_pton(AF_INET6, target, header + 8);
    int fd = socket(AF_INET6, SOCK_DGRAM, 0);
    return setsockopt(fd, IPPROTO_IPV6, IPV6_RTHDR, header, sizeof header) ? errno : 0;
}

static int flow_label(void) {
    uint8_t request[32] = {0};
    return setsockopt(socket(AF_INET6, SOCK_DGRAM, 0), IPPROTO_IPV6, FLOW_LABEL, request, sizeof request) ? errno : 0;
}

static int unix_stream(void) {
    struct sockaddr_un to;
    socklen_t length = local(target, &to);
    return connect_to(socket(AF_UNIX, SOCK_STREAM, 0), &to, length);
}

static int unix_relative(void) {
    char folder[200];
    struct sockaddr_un to;
    strcpy(folder, target);
    *strrchr(folder, '/') = '\0';
    if (chdir(folder) != 0) return 200;
    socklen_t length = local(strrchr(target, '/') + 1, &to);
    return connect_to(socket(AF_UNIX, SOCK_STREAM, 0), &to, length);
}

static int unix_by_link(void) { /* a link with an allowed name */
    unlink(other);
    return symlink(target, other) != 0 ? 200 : (target = other, unix_stream());
}

static int unix_datagram(void) {
    struct sockaddr_un to;
    socklen_t length = local(target, &to);
    return sendto(socket(AF_UNIX, SOCK_DGRAM, 0), "x", 1, 0, (void *)&to, length) == 1 ? 0 : errno;
}

static int open_socket(int family, int type, int protocol) { return socket(family, type, protocol) < 0 ? errno : 0; }
static int raw(void) { return open_socket(AF_INET, SOCK_RAW, ICMP); }
static int ping(void) { return open_socket(AF_INET, SOCK_DGRAM, ICMP); }
static int packet(void) { return open_socket(AF_PACKET, SOCK_DGRAM, 0); }
static int old_packet(void) { return open_socket(AF_INET, SOCK_PACKET, 0); }
static int vsock(void) { return open_socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0); }
static int netlink(void) { return open_socket(AF_NETLINK, SOCK_RAW, 15 /* uevents */); }
static int routes(void) { return open_socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0); }
static int mptcp(void) { return open_socket(AF_INET, SOCK_STREAM, MPTCP); }
static int sctp(void) { return open_socket(AF_INET, SOCK_STREAM, SCTP); }
static int alg(void) { return open_socket(AF_ALG, SOCK_SEQPACKET, 0); }

static int pair_of_tipc(void) {
    int pair[2];
    return socketpair(AF_TIPC, SOCK_STREAM, 0, pair) ? errno : 0;
}

static int listen_on(void) {
    struct sockaddr_in at = ipv4("0.0.0.0");
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    return bind(fd, (void *)&at, sizeof at) != 0 ? 200 + errno : listen(fd, 5) != 0 ? errno : 0;
}

static int listen_unbound(void) { return listen(socket(AF_INET, SOCK_STREAM, 0), 5) != 0 ? errno : 0; }

static int udp_bind(void) {
    struct sockaddr_in at = ipv4("0.0.0.0");
    return bind(socket(AF_INET, SOCK_DGRAM, 0), (void *)&at, sizeof at) != 0 ? errno : 0;
}

static int unix_pair(void) { /* passes a descriptor and large data by sockets that have no name */
    int pair[2], file = open("/etc/hostname", O_RDONLY), received = -1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) return errno;
    size_t size = 3000000, total = 0;
    char *data = calloc(1, size), *read_back = calloc(1, size);
    for (size_t i = 0; i < size; i++) data[i] = (char)(i * 7);
    struct iovec pieces[] = {{data, 10}, {data + 10, size - 10}};
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof file)] = "";
    struct msghdr message = {NULL, 0, pieces, 2, control, sizeof control, 0};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    *head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof file), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(head), &file, sizeof file);
    if (fork() == 0) _exit(sendmsg(pair[1], &message, 0) == (ssize_t)size ? 0 : 1); /* waits for the reader */
    while (total < size) {
        struct iovec piece = {read_back + total, size - total};
        struct msghdr incoming = {NULL, 0, &piece, 1, control, sizeof control, 0};
        ssize_t got = recvmsg(pair[0], &incoming, 0);
        if (got <= 0) return 201;
        if (received < 0 && (head = CMSG_FIRSTHDR(&incoming))) memcpy(&received, CMSG_DATA(head), sizeof received);
        total += (size_t)got;
    }
    int status;
    wait(&status);
    char text[8];
    return status ? 202 : memcmp(data, read_back, size) ? 203 : read(received, text, sizeof text) > 0 ? 0 : 204;
}

static void handle(int signal) { (void)signal; }

static int interrupted(void) { /* nobody answers at this address */
    struct sigaction action = {.sa_handler = handle};
    sigaction(SIGALRM, &action, NULL);
    alarm(1);
    return tcp();
}

static int timed_out(void) {
    struct sockaddr_in to = ipv4(target);
    struct timeval limit = {0, 300000};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    return connect_to(fd, &to, sizeof to);
}

static int killed(void) { /* at any point of a call that is watched */
    struct sockaddr_in to = ipv4(target);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    for (int i = 0; i < rounds; i++) {
        pid_t child = fork();
        while (child == 0) connect_to(fd, &to, sizeof to);
        usleep((useconds_t)(i % 50));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    return tcp();
}

static int broken_pipe(void) {
    int pair[2];
    struct iovec piece = {"x", 1};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    signal(SIGPIPE, SIG_DFL);
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    close(pair[1]);
    if (sendmsg(pair[0], &message, MSG_NOSIGNAL) >= 0 || errno != EPIPE) return 200;
    pid_t child = fork();
    int status;
    if (child == 0) _exit(sendmsg(pair[0], &message, 0) < 0 ? 1 : 0);
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? 300 + WTERMSIG(status) : 201;
}

#if defined(__x86_64__)
static long call32(long number, long a, long b, long c) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
    return result;
}

static void *low_memory(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
}

static int int80_connect(void) {
    struct sockaddr_in *to = low_memory();
    *to = ipv4(target);
    return (int)-call32(362, call32(359, AF_INET, SOCK_STREAM, 0), (long)to, sizeof *to);
}

static int int80_socketcall(void) {
    uint32_t *arguments = low_memory();
    arguments[0] = AF_INET;
    arguments[1] = SOCK_STREAM;
    return (int)-call32(102, 1 /* SYS_SOCKET */, (long)arguments, 0);
}

static int int80_sendmsg(void) {
    struct {
        uint32_t header[7], piece[2];
        struct sockaddr_in to;
        char text[4];
    } *low = low_memory();
    low->to = ipv4(target);
    low->piece[0] = (uint32_t)(uintptr_t)low->text;
    low->piece[1] = 1;
    low->header[0] = (uint32_t)(uintptr_t)&low->to;
    low->header[1] = sizeof low->to;
    low->header[2] = (uint32_t)(uintptr_t)low->piece;
    low->header[3] = 1;
    long sent = call32(370, socket(AF_INET, SOCK_DGRAM, 0), (long)low->header, 0);
    return sent == 1 ? 0 : (int)-sent;
}
#endif

/* Races: one thread swaps what the other one's call names, from the allowed to the forbidden and back. */
static struct sockaddr_in swapped;
static struct msghdr swapped_message;
static int swapped_fd, first_fd, second_fd;
static atomic_bool racing = true;

static void *swap_address(void *unused) {
    uint32_t allowed = ipv4(other).sin_addr.s_addr, forbidden = ipv4(target).sin_addr.s_addr;
    while (racing) {
        *(volatile uint32_t *)&swapped.sin_addr.s_addr = forbidden;
        *(volatile uint32_t *)&swapped.sin_addr.s_addr = allowed;
    }
    return unused;
}

static void *swap_name(void *unused) {
    static struct sockaddr_in allowed, forbidden;
    allowed = ipv4(other);
    forbidden = ipv4(target);
    while (racing) {
        *(void *volatile *)&swapped_message.msg_name = &forbidden;
        *(void *volatile *)&swapped_message.msg_name = &allowed;
    }
    return unused;
}

static void *swap_descriptor(void *unused) {
    while (racing) {
        dup2(first_fd, swapped_fd);
        dup2(second_fd, swapped_fd);
    }
    return unused;
}

static int race_connect(void) {
    for (int i = 0; i < rounds; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        struct linger reset = {1, 0};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        connect(fd, (void *)&swapped, sizeof swapped);
        close(fd);
    }
    return 0;
}

static int race_sendto(void) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    for (int i = 0; i < rounds; i++) sendto(fd, "x", 1, 0, (void *)&swapped, sizeof swapped);
    return 0;
}

static int race_sendmsg(void) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    for (int i = 0; i < rounds; i++) sendmsg(fd, &swapped_message, 0);
    return 0;
}

static int race_listen(void) { /* `first_fd` is bound to the allowed port, `second_fd` to another one */
    for (int i = 0; i < rounds; i++) listen(swapped_fd, 5);
    int listens = 0;
    socklen_t size = sizeof listens;
    getsockopt(second_fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size);
    return listens ? 1 : 0;
}

static int bound(int to_port) {
    struct sockaddr_in at = ipv4("0.0.0.0");
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    at.sin_port = htons((uint16_t)to_port);
    bind(fd, (void *)&at, sizeof at);
    return fd;
}

static int race(const char *way) {
    static struct iovec piece = {"x", 1};
    swapped = ipv4(other);
    swapped_message =
        (struct msghdr){.msg_name = &swapped, .msg_namelen = sizeof swapped, .msg_iov = &piece, .msg_iovlen = 1};
    bool by_name = strcmp(way, "race-sendmsg") == 0, by_descriptor = strcmp(way, "race-listen") == 0;
    if (by_descriptor) {
        first_fd = bound(port);
        second_fd = bound(port + 1);
        swapped_fd = dup(first_fd);
    }
    pthread_t thread;
    pthread_create(&thread, NULL, by_descriptor ? swap_descriptor : by_name ? swap_name : swap_address, NULL);
    int result = by_descriptor                      ? race_listen()
                 : by_name                          ? race_sendmsg()
                 : strcmp(way, "race-connect") == 0 ? race_connect()
                                                    : race_sendto();
    racing = false;
    pthread_join(thread, NULL);
    return result;
}

static void say(const char *name, const char *protocol) {
    printf("%s %s\n", name, protocol);
    fflush(stdout);
}

/* Listens so that nobody further gets an answer: the queue of one is full. */
static void keep_silent(const char *address) {
    struct sockaddr_in at = ipv4(address);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(fd, (void *)&at, sizeof at);
    listen(fd, 0);
    connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&at, sizeof at);
}

/* Every address that follows is listened on, TCP and UDP; paths and `@` names of AF_UNIX too. Behind the first one,
 * which is silent. */
static int serve(int count, char **names) {
    struct pollfd watched[64];
    const char *heard[64];
    int used = 0;
    keep_silent(names[0]);
    for (int i = 1; i < count; i++)
        for (int type = SOCK_STREAM; type <= SOCK_DGRAM; type++) {
            bool is_unix = names[i][0] == '/' || names[i][0] == '@', is_ipv6 = !is_unix && strchr(names[i], ':');
            struct sockaddr_un path;
            struct sockaddr_in at = ipv4(names[i]);
            struct sockaddr_in6 at6 = ipv6(names[i]);
            if (is_unix && type == SOCK_DGRAM) continue;
            int fd = socket(is_unix ? AF_UNIX : is_ipv6 ? AF_INET6 : AF_INET, type, 0), on = 1;
            socklen_t length = is_unix ? local(names[i], &path) : is_ipv6 ? sizeof at6 : sizeof at;
            setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
            if (bind(fd, is_unix ? (void *)&path : is_ipv6 ? (void *)&at6 : (void *)&at, length))
                return perror(names[i]), 1;
            if (type == SOCK_STREAM) listen(fd, 100);
            heard[used] = names[i];
            watched[used++] = (struct pollfd){fd, POLLIN, 0};
        }
    say("ready", "");
    while (poll(watched, (nfds_t)used, -1) > 0)
        for (int i = 0; i < used; i++) {
            if (!watched[i].revents) continue;
            int type = 0;
            socklen_t size = sizeof type;
            char data[16];
            getsockopt(watched[i].fd, SOL_SOCKET, SO_TYPE, &type, &size);
            if (type == SOCK_STREAM) {
                int fd = accept4(watched[i].fd, NULL, NULL, SOCK_NONBLOCK);
                if (fd >= 0) close(fd);
            } else if (recv(watched[i].fd, data, sizeof data, MSG_DONTWAIT) < 0) {
                continue;
            }
            say(heard[i], type == SOCK_STREAM ? "stream" : "datagram");
        }
    return 0;
}

static const struct {
    const char *name;
    int (*attempt)(void);
} ways[] = {
    {"tcp", tcp},
    {"tcp-nonblocking", tcp_nonblocking},
    {"tcp6", tcp6},
    {"udp-connect", udp_connect},
    {"udp-sendto", udp_sendto},
    {"udp-without-family", udp_without_family},
    {"udp6-to-ipv4", udp6_to_ipv4},
    {"udp-sendmsg", udp_sendmsg},
    {"udp-sendmmsg", udp_sendmmsg},
    {"lookup", lookup},
    {"fast-open", fast_open},
    {"reconnect-udp", reconnect_udp},
    {"source-route-option", source_route_option},
    {"source-route-message", source_route_message},
    {"routing-header", routing_header},
    {"flow-label", flow_label},
    {"unix-stream", unix_stream},
    {"unix-relative", unix_relative},
    {"unix-by-link", unix_by_link},
    {"unix-datagram", unix_datagram},
    {"raw", raw},
    {"ping", ping},
    {"packet", packet},
    {"old-packet", old_packet},
    {"vsock", vsock},
    {"netlink", netlink},
    {"routes", routes},
    {"mptcp", mptcp},
    {"sctp", sctp},
    {"alg", alg},
    {"pair-of-tipc", pair_of_tipc},
    {"listen", listen_on},
    {"listen-unbound", listen_unbound},
    {"udp-bind", udp_bind},
    {"unix-pair", unix_pair},
    {"interrupted", interrupted},
    {"timed-out", timed_out},
    {"killed", killed},
    {"broken-pipe", broken_pipe},
#if defined(__x86_64__)
    {"int80-connect", int80_connect},
    {"int80-socketcall", int80_socketcall},
    {"int80-sendmsg", int80_sendmsg},
#endif
};

/* WAY TARGET [OTHER [PORT [ROUNDS]]] */
int main(int argc, char **argv) {
    const char *way = argc > 1 ? argv[1] : "";
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (strcmp(way, "serve") == 0) return serve(argc - 2, argv + 2);
    target = argc > 2 ? argv[2] : "";
    other = argc > 3 ? argv[3] : "";
    if (argc > 4) port = atoi(argv[4]);
    if (argc > 5) rounds = atoi(argv[5]);
    if (strncmp(way, "race-", 5) == 0) return printf("RESULT %d\n", race(way)), 0;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (strcmp(ways[i].name, way) == 0) return printf("RESULT %d\n", ways[i].attempt()), 0;
    return 2;
}
