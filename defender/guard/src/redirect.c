#include "redirect.h"

#include "file.h"
#include "state.h"

enum { NAME_SERVER_PORT = 53, MOST_REDIRECTED = 64 };

/* A socket has its inode for as long as it is open. One that is gone is overwritten at some time. */
static struct redirected {
    uint32_t sequence; /* odd while it is written */
    uint32_t length;
    uint64_t inode;
    uint8_t server[sizeof(struct sockaddr_in6)];
} redirected[MOST_REDIRECTED];
static uint32_t next;

static uint64_t inode_of(int socket) {
    struct stat status;
    return file_status(socket, &status) == 0 ? status.st_ino : 0;
}

static struct redirected *find(uint64_t inode) {
    for (struct redirected *at = redirected; at < redirected + MOST_REDIRECTED; at++)
        if (inode && at->inode == inode) return at;
    return NULL;
}

static void remember(int socket, const struct peer *server) {
    uint64_t inode = inode_of(socket);
    struct redirected *at = find(inode);
    if (!at) at = &redirected[__atomic_fetch_add(&next, 1, __ATOMIC_RELAXED) % MOST_REDIRECTED];
    uint32_t sequence = __atomic_fetch_add(&at->sequence, 1, __ATOMIC_ACQUIRE);
    if (sequence & 1) return; /* by a signal's handler or another thread; that one is not remembered */
    at->inode = inode;
    at->length = server->length < sizeof at->server ? server->length : sizeof at->server;
    memcpy(at->server, server->room, at->length);
    __atomic_store_n(&at->sequence, sequence + 2, __ATOMIC_RELEASE);
}

static uint16_t resolver_port(int type, bool of_ipv6) {
    return state.share->resolver_port[type == SOCK_STREAM][of_ipv6];
}

bool redirect_lookup(struct peer *peer, const struct endpoint *endpoint, int socket) {
    if (endpoint->port != NAME_SERVER_PORT) return false;
    int type = peer_socket_option(socket, SO_TYPE);
    uint16_t port = resolver_port(type, false), port6 = resolver_port(type, true);
    if (!port) return false;
    remember(socket, peer);
    if (peer_socket_option(socket, SO_DOMAIN) == AF_INET) {
        peer->ipv4 = (struct sockaddr_in){.sin_family = AF_INET,
                                          .sin_port = __builtin_bswap16(port),
                                          .sin_addr = {__builtin_bswap32(INADDR_LOOPBACK)}};
        peer->length = sizeof peer->ipv4;
        return true;
    }
    static const struct in6_addr loopback = IN6ADDR_LOOPBACK_INIT,
                                 mapped = {{{[10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1}}};
    bool is_v4 = address_is_ipv4(endpoint->address) || !port6;
    peer->ipv6 = (struct sockaddr_in6){.sin6_family = AF_INET6,
                                       .sin6_port = __builtin_bswap16(is_v4 ? port : port6),
                                       .sin6_addr = is_v4 ? mapped : loopback};
    peer->length = sizeof peer->ipv6;
    return true;
}

static bool is_resolver(const struct peer *source) {
    struct endpoint endpoint;
    if (!peer_endpoint(source, &endpoint) || !address_is_loopback(endpoint.address)) return false;
    return endpoint.port && endpoint.port == resolver_port(SOCK_DGRAM, !address_is_ipv4(endpoint.address));
}

void redirect_source(struct peer *source, int socket) {
    if (!is_resolver(source)) return;
    const struct redirected *at = find(inode_of(socket));
    uint32_t sequence = at ? __atomic_load_n(&at->sequence, __ATOMIC_ACQUIRE) : 1;
    if (sequence & 1) return;
    source->length = at->length;
    memcpy(source->room, at->server, at->length);
}
