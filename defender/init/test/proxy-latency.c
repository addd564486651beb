/* Measures what the proxy adds to an invocation: next with an event of 1 KB, then its response, over kept connections.
 * proxy-latency PATH_OF_PROXY_HOST [ROUNDS] [EVENT_BYTES]   prints medians in microseconds, direct and proxied rounds
 * taken in turn. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BLOCKS = 10, WARM_UP = 50 };

static size_t event_size = 1024;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int connect_to(int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) die("connect");
    return fd;
}

static void send_all(int fd, const char *bytes, size_t length) {
    while (length) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0) exit(0);
        bytes += sent;
        length -= (size_t)sent;
    }
}

/* Reads one message with a Content-Length; returns false at the end. */
static bool read_message(int fd, char *buffer, size_t size) {
    size_t have = 0, whole = 0;
    while (!whole || have < whole) {
        ssize_t got = recv(fd, buffer + have, size - have - 1, 0);
        if (got <= 0) return false;
        have += (size_t)got;
        buffer[have < 4096 ? have : 4096] = '\0';
        char *end = whole ? NULL : strstr(buffer, "\r\n\r\n"),
             *length = end ? strstr(buffer, "Content-Length: ") : NULL;
        if (end) whole = (size_t)(end + 4 - buffer) + (length && length < end ? strtoul(length + 16, NULL, 10) : 0);
    }
    return true;
}

static void serve_one(int fd) {
    size_t size = event_size + 65536;
    char *buffer = malloc(size), *event = malloc(size);
    int head = snprintf(event, size,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: "
                        "8476a536-e9f4-11e8-9739-2dfe598c3fcd\r\nLambda-Runtime-Deadline-Ms: "
                        "1542409706888\r\nContent-Length: %zu\r\n\r\n",
                        event_size);
    memset(event + head, 'x', event_size);
    static const char accepted[] = "HTTP/1.1 202 Accepted\r\nContent-Length: 15\r\n\r\n{\"status\":\"OK\"}";
    while (read_message(fd, buffer, size)) {
        if (buffer[0] == 'G')
            send_all(fd, event, (size_t)head + event_size);
        else
            send_all(fd, accepted, sizeof accepted - 1);
    }
    exit(0);
}

static int serve(pid_t *server) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, length) || listen(fd, 8) ||
        getsockname(fd, (struct sockaddr *)&address, &length))
        die("listen");
    *server = fork();
    if (*server) return ntohs(address.sin_port);
    for (;;) {
        int client = accept(fd, NULL, NULL);
        if (client >= 0 && fork() == 0) serve_one(client);
        close(client);
    }
}

static int start_proxy(const char *path, int upstream, pid_t *proxy) {
    int ends[2];
    if (pipe(ends)) die("pipe");
    *proxy = fork();
    if (*proxy == 0) {
        char text[32];
        snprintf(text, sizeof text, "127.0.0.1:%d", upstream);
        dup2(ends[1], 1);
        execl(path, path, text, "quiet", (char *)NULL);
        die(path);
    }
    char line[64] = {0};
    if (read(ends[0], line, sizeof line - 1) <= 0) die("proxy");
    return atoi(strrchr(line, ':') + 1);
}

static double round_trip(int fd, char *buffer, size_t size) {
    static const char next[] =
        "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUser-Agent: measure\r\n\r\n";
    static const char response[] = "POST /2018-06-01/runtime/invocation/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response "
                                   "HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nContent-Length: 15\r\n\r\n{\"answer\":\"42\"}";
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    send_all(fd, next, sizeof next - 1);
    if (!read_message(fd, buffer, size)) die("next");
    send_all(fd, response, sizeof response - 1);
    if (!read_message(fd, buffer, size)) die("response");
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3;
}

static void measure_block(int port, double *times, size_t rounds) {
    size_t size = event_size + 65536;
    char *buffer = malloc(size);
    int fd = connect_to(port);
    for (int i = 0; i < WARM_UP; i++) round_trip(fd, buffer, size);
    for (size_t i = 0; i < rounds; i++) times[i] = round_trip(fd, buffer, size);
    exit(0);
}

static int compare(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    size_t rounds = count > 2 ? strtoul(arguments[2], NULL, 10) : 5000;
    if (count > 3) event_size = strtoul(arguments[3], NULL, 10);
    pid_t server, proxy;
    int upstream = serve(&server), own = start_proxy(arguments[1], upstream, &proxy);
    /* Each block is a process of its own, as a runtime is: one that talked to both would mislead the scheduler. */
    int ports[2] = {upstream, own};
    size_t block = rounds / BLOCKS, measured = block * BLOCKS;
    double *times[2];
    for (int way = 0; way < 2; way++) {
        times[way] = mmap(NULL, measured * sizeof(double), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (times[way] == MAP_FAILED) die("mmap");
    }
    for (size_t i = 0; i < 2 * BLOCKS; i++) {
        pid_t client = fork();
        if (client == 0) measure_block(ports[i % 2], times[i % 2] + i / 2 * block, block);
        waitpid(client, NULL, 0);
    }
    for (int way = 0; way < 2; way++) qsort(times[way], measured, sizeof(double), compare);
    printf("%zu rounds, event %zu B: direct %.1f us, proxied %.1f us, added %.1f us (medians); p99 %.1f and %.1f us\n",
           measured, event_size, times[0][measured / 2], times[1][measured / 2],
           times[1][measured / 2] - times[0][measured / 2], times[0][measured * 99 / 100],
           times[1][measured * 99 / 100]);
    char command[128];
    snprintf(command, sizeof command, "grep -E '^(Rss|Private)' /proc/%d/smaps_rollup", (int)proxy);
    if (system(command)) perror("smaps_rollup");
    kill(proxy, SIGTERM);
    kill(server, SIGKILL);
    return 0;
}
