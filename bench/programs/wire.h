/* As much HTTP as a runtime and a Runtime API that know each other need: messages with a Content-Length. */
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "meter.h"

enum { MAX_HEAD = 4096 };

#define NEXT "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n\r\n"
#define REQUEST_ID "8476a536-e9f4-11e8-9739-2dfe598c3fcd"

static inline void send_all(int fd, const char *bytes, size_t length) {
    while (length) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0) exit(0);
        bytes += sent;
        length -= (size_t)sent;
    }
}

/* Reads one message; false at the end of the stream. */
static inline bool read_message(int fd, char *buffer, size_t size) {
    size_t have = 0, whole = 0;
    while (!whole || have < whole) {
        ssize_t got = recv(fd, buffer + have, size - have - 1, 0);
        if (got <= 0) return false;
        have += (size_t)got;
        if (whole) continue;
        buffer[have] = '\0';
        char *end = strstr(buffer, "\r\n\r\n"), *length = end ? strstr(buffer, "Content-Length: ") : NULL;
        if (end) whole = (size_t)(end + 4 - buffer) + (length && length < end ? strtoul(length + 16, NULL, 10) : 0);
    }
    return true;
}

/* A socket that listens on a free port of the loopback. */
static inline int listen_somewhere(int *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, length) || listen(fd, 64) ||
        getsockname(fd, (struct sockaddr *)&address, &length))
        fail("listen");
    *port = ntohs(address.sin_port);
    return fd;
}

/* A connection to the Runtime API that the environment names. */
static inline int connect_to_runtime_api(void) {
    const char *name = getenv("AWS_LAMBDA_RUNTIME_API"), *colon = name ? strrchr(name, ':') : NULL;
    if (!colon) fail("AWS_LAMBDA_RUNTIME_API");
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(colon + 1)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
    return fd;
}

struct exchange {
    int fd;
    size_t size, response_length;
    char *buffer, *response;
};

/* Prepares invocations whose answers are as large as their events. */
static inline struct exchange open_exchange(size_t bytes) {
    struct exchange exchange = {.fd = connect_to_runtime_api(), .size = bytes + MAX_HEAD};
    exchange.buffer = malloc(exchange.size);
    exchange.response = malloc(exchange.size);
    if (!exchange.buffer || !exchange.response) fail("memory");
    int head = snprintf(exchange.response, exchange.size,
                        "POST /2018-06-01/runtime/invocation/" REQUEST_ID
                        "/response HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %zu\r\n\r\n",
                        bytes);
    memset(exchange.response + head, 'x', bytes);
    exchange.response_length = (size_t)head + bytes;
    return exchange;
}

/* One invocation: the next event, and its response. */
static inline void invoke(const struct exchange *exchange) {
    send_all(exchange->fd, NEXT, sizeof NEXT - 1);
    if (!read_message(exchange->fd, exchange->buffer, exchange->size)) exit(0);
    send_all(exchange->fd, exchange->response, exchange->response_length);
    if (!read_message(exchange->fd, exchange->buffer, exchange->size)) exit(0);
}

#endif
