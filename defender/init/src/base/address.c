#include "address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 128 };

bool address_read(const char *text, struct address *address) {
    if (inet_pton(AF_INET, text, address->bytes) == 1) {
        address->size = 4;
    } else if (inet_pton(AF_INET6, text, address->bytes) == 1) {
        address->size = 16;
    } else {
        return false;
    }
    return true;
}

int address_connect(const struct address *address, uint16_t port, int type) {
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    bool is_v4 = address->size == 4;
    memcpy(is_v4 ? (void *)&v4.sin_addr : (void *)&v6.sin6_addr, address->bytes, address->size);
    int fd = socket(is_v4 ? AF_INET : AF_INET6, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    const void *to = is_v4 ? (const void *)&v4 : (const void *)&v6;
    if (connect(fd, to, is_v4 ? sizeof v4 : sizeof v6) == 0 || errno == EINPROGRESS) return fd;
    close(fd);
    return -1;
}

int address_open_loopback(int family, int type, uint16_t *port) {
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr *own = family == AF_INET ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6;
    socklen_t length = family == AF_INET ? sizeof v4 : sizeof v6;
    int fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    if (bind(fd, own, length) != 0 || (type == SOCK_STREAM && listen(fd, BACKLOG) != 0) ||
        getsockname(fd, own, &length) != 0) {
        close(fd);
        return -1;
    }
    *port = ntohs(family == AF_INET ? v4.sin_port : v6.sin6_port);
    return fd;
}
