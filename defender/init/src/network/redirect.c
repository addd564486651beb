#include "redirect.h"

#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "patience.h"
#include "resolver.h"

enum { MOST_REDIRECTED = 256, NAME_SERVER_PORT = 53, MOST_ASKED_FOR_PORT = 64 };

/* A socket has its inode for as long as it is open, whoever holds it. One that is gone is overwritten at some time. */
static struct {
    uint64_t inode;
    pid_t thread;
    int fd;
    uint8_t server[sizeof(struct sockaddr_in6)];
    socklen_t server_length;
} redirected[MOST_REDIRECTED];
static unsigned count, next;

static int find(uint64_t inode) {
    for (unsigned i = 0; i < count; i++)
        if (redirected[i].inode == inode) return (int)i;
    return -1;
}

static void remember(const struct request *request, int socket, const struct socket_address *server) {
    struct stat status;
    if (fstat(socket, &status) != 0) return;
    int at = find(status.st_ino);
    if (at < 0) {
        at = (int)next;
        next = (next + 1) % MOST_REDIRECTED;
        if (count < MOST_REDIRECTED) count++;
    }
    redirected[at].inode = status.st_ino;
    redirected[at].thread = request->thread;
    redirected[at].fd = (int)request->notification.data.args[0];
    redirected[at].server_length =
        server->length < sizeof redirected[at].server ? server->length : sizeof redirected[at].server;
    memcpy(redirected[at].server, &server->any, redirected[at].server_length);
}

static int get_option(int socket, int option) {
    int value = 0;
    socklen_t size = sizeof value;
    getsockopt(socket, SOL_SOCKET, option, &value, &size);
    return value;
}

bool redirect_lookup(const struct request *request, int socket, struct socket_address *address) {
    struct endpoint endpoint;
    if (!socket_address_endpoint(address, &endpoint) || endpoint.port != NAME_SERVER_PORT) return false;
    int type = get_option(socket, SO_TYPE);
    uint16_t port = resolver_port(AF_INET, type), port6 = resolver_port(AF_INET6, type);
    if (!port) return false;
    remember(request, socket, address);
    if (get_option(socket, SO_DOMAIN) == AF_INET) {
        address->ipv4 = (struct sockaddr_in){
            .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        address->length = sizeof address->ipv4;
        return true;
    }
    static const struct in6_addr loopback = IN6ADDR_LOOPBACK_INIT,
                                 mapped = {{{[10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1}}};
    bool is_v4 = address_is_ipv4(endpoint.address) || !port6;
    address->ipv6 = (struct sockaddr_in6){
        .sin6_family = AF_INET6, .sin6_port = htons(is_v4 ? port : port6), .sin6_addr = is_v4 ? mapped : loopback};
    address->length = sizeof address->ipv6;
    return true;
}

bool redirect_was_used(void) { return count > 0; }

bool redirect_find_server(int socket, struct socket_address *server) {
    struct stat status;
    int at = fstat(socket, &status) == 0 && S_ISSOCK(status.st_mode) ? find(status.st_ino) : -1;
    if (at < 0) return false;
    server->length = redirected[at].server_length;
    memcpy(&server->any, redirected[at].server, server->length);
    return true;
}

bool redirect_is_resolver(const struct socket_address *address) {
    struct endpoint endpoint;
    if (!socket_address_endpoint(address, &endpoint) || !address_is_loopback(endpoint.address)) return false;
    return endpoint.port == resolver_port(address_is_ipv4(endpoint.address) ? AF_INET : AF_INET6, SOCK_DGRAM);
}

static uint16_t local_port(pid_t thread, int fd) {
    struct socket_address own = {.length = sizeof own.room};
    struct endpoint endpoint = {.port = 0};
    int socket = descriptor_copy(thread, fd);
    if (socket < 0) return 0;
    if (getsockname(socket, &own.any, &own.length) == 0) socket_address_endpoint(&own, &endpoint);
    patience_close(socket);
    return endpoint.port;
}

/* Its socket is one of the last, since it waits for an answer. */
pid_t redirect_find_thread(uint16_t port) {
    unsigned most = count < MOST_ASKED_FOR_PORT ? count : MOST_ASKED_FOR_PORT;
    for (unsigned i = 1; i <= most; i++) {
        unsigned at = (next + MOST_REDIRECTED - i) % MOST_REDIRECTED;
        if (local_port(redirected[at].thread, redirected[at].fd) == port) return redirected[at].thread;
    }
    return 0;
}
