/* Looks a name up as resolvers do: "names NAME" by the C library, "packet WAY SERVER NAME" by hand. Prints the
 * addresses, or who answered and what: "from ADDRESS PORT code N answers N". */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MANY = 20 };

static int fail(const char *what) {
    printf("%s: %s\n", what, strerror(errno));
    exit(1);
}

static int by_library(const char *name) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(name, "80", &hints, &found);
    if (error) return printf("%s\n", error == EAI_NONAME ? "EAI_NONAME" : gai_strerror(error)), 1;
    for (; found; found = found->ai_next) {
        char host[INET6_ADDRSTRLEN];
        getnameinfo(found->ai_addr, found->ai_addrlen, host, sizeof host, NULL, 0, NI_NUMERICHOST);
        printf("%s ", host);
    }
    printf("\n");
    return 0;
}

static size_t write_query(uint8_t *packet, const char *name) {
    const uint8_t head[] = {0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}, tail[] = {0, 0, 1, 0, 1};
    memcpy(packet, head, sizeof head);
    uint8_t *at = packet + sizeof head;
    while (*name) {
        size_t label = strcspn(name, ".");
        *at++ = (uint8_t)label;
        memcpy(at, name, label);
        at += label;
        name += label + (name[label] == '.');
    }
    memcpy(at, tail, sizeof tail);
    return (size_t)(at - packet) + sizeof tail;
}

static int over_tcp(const struct sockaddr_storage *server, socklen_t size, const uint8_t *query, size_t length) {
    int fd = socket(server->ss_family, SOCK_STREAM, 0);
    uint8_t bytes[2048] = {0, (uint8_t)length};
    memcpy(bytes + 2, query, length);
    if (connect(fd, (const struct sockaddr *)server, size)) fail("connect");
    if (write(fd, bytes, length + 2) != (ssize_t)length + 2) fail("write");
    size_t got = 0;
    while (got < 2 || got < 2u + (size_t)(bytes[0] << 8 | bytes[1])) {
        ssize_t part = read(fd, bytes + got, sizeof bytes - got);
        if (part <= 0) fail("read");
        got += (size_t)part;
    }
    return printf("code %d answers %d\n", bytes[2 + 3] & 15, bytes[2 + 7]), 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "names") == 0) return by_library(argv[2]);
    if (argc != 5) return 2;
    const char *way = argv[2], *text = argv[3];
    uint8_t query[512], answer[2048];
    size_t length = write_query(query, argv[4]);
    struct sockaddr_storage server = {0}, from = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&server;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&server;
    socklen_t size = sizeof *v6;
    if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        size = sizeof *v4;
    } else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
    } else {
        return 2;
    }
    v4->sin_port = htons(53); /* at the same place in both */
    if (strcmp(way, "tcp") == 0) return over_tcp(&server, size, query, length);

    int fd = socket(server.ss_family, SOCK_DGRAM, 0);
    struct iovec piece = {query, length}, pieces[] = {{answer, 20}, {answer + 20, sizeof answer - 20}};
    struct msghdr sent = {.msg_name = &server, .msg_namelen = size, .msg_iov = &piece, .msg_iovlen = 1};
    struct msghdr received = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = pieces, .msg_iovlen = 2};
    struct sockaddr *to = (struct sockaddr *)&server, *sender = (struct sockaddr *)&from;
    if (strstr(way, "bound")) {
        struct sockaddr_storage any = {.ss_family = server.ss_family};
        if (bind(fd, (struct sockaddr *)&any, size)) fail("bind");
    }
    if (strstr(way, "connect")) {
        if (connect(fd, to, size)) fail("connect");
        to = NULL;
        size = 0;
        sent.msg_name = NULL;
        sent.msg_namelen = 0;
    }
    if (strstr(way, "sendmsg")) {
        if (sendmsg(fd, &sent, 0) < 0) fail("sendmsg");
    } else if (strstr(way, "sendmmsg")) {
        struct mmsghdr many[MANY];
        for (int i = 0; i < MANY; i++) many[i] = (struct mmsghdr){.msg_hdr = sent};
        if (sendmmsg(fd, many, MANY, 0) != MANY || many[MANY - 1].msg_len != length) fail("sendmmsg");
    } else if (sendto(fd, query, length, 0, to, size) < 0) {
        fail("sendto");
    }
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    if (!strstr(way, "blocking")) {
        fcntl(fd, F_SETFL, O_NONBLOCK);
        if (poll(&waiting, 1, 10000) != 1) fail("poll");
    }
    socklen_t room = sizeof from;
    if (strstr(way, "peek") && recvfrom(fd, answer, 12, MSG_PEEK | MSG_TRUNC, sender, &room) < 30) fail("peek");
    room = sizeof from;
    memset(&from, 0, sizeof from);
    ssize_t got =
        strstr(way, "recvmsg") ? recvmsg(fd, &received, 0) : recvfrom(fd, answer, sizeof answer, 0, sender, &room);
    if (got < 12) fail("receive");
    char host[INET6_ADDRSTRLEN];
    struct sockaddr_in6 *from6 = (struct sockaddr_in6 *)&from;
    const void *address =
        from.ss_family == AF_INET ? (void *)&((struct sockaddr_in *)&from)->sin_addr : &from6->sin6_addr;
    inet_ntop(from.ss_family, address, host, sizeof host);
    for (int rest = strstr(way, "sendmmsg") ? MANY - 1 : 0; rest; rest--) /* who asked is still known when all are told */
        if (poll(&waiting, 1, 10000) != 1 || recv(fd, answer + 1024, 1, 0) < 0) fail("receive the rest");
    if (recv(fd, answer + 1024, 1, MSG_DONTWAIT) < 0 && errno != EAGAIN) fail("receive again");
    return printf("from %s %d code %d answers %d\n", host, ntohs(from6->sin6_port), answer[3] & 15, answer[7]), 0;
}
