#include "peer.h"

#include <errno.h>
#include <fcntl.h>

#include "access.h"
#include "decide.h"
#include "file.h"
#include "redirect.h"
#include "scratch.h"
#include "state.h"
#include "system.h"

enum { LOWEST_ADDRESS = 4096, DISCARD = 9, HIGHEST = 65535, TRIES = 1000 };

static const uint8_t ipv4_prefix[12] = {[10] = 0xff, [11] = 0xff};

long peer_read(struct peer *peer, uint64_t address, uint32_t length) {
    peer->handle = -1;
    peer->length = 0;
    memset(peer->room, 0, sizeof peer->room);
    if (!address || !length) return 0;
    if (length > sizeof peer->room) return -EINVAL;
    if (address < LOWEST_ADDRESS) return -EFAULT;
    memcpy(peer->room, (const void *)address, length);
    peer->length = length;
    return 0;
}

void peer_close(struct peer *peer) {
    if (peer->handle >= 0) SYSTEM(close, peer->handle);
}

/* AF_UNSPEC is taken for AF_INET, as UDP does. */
bool peer_endpoint(const struct peer *peer, struct endpoint *endpoint) {
    bool is_ipv4 = peer->any.sa_family == AF_INET || peer->any.sa_family == AF_UNSPEC;
    if (is_ipv4 && peer->length >= sizeof peer->ipv4) {
        memcpy(endpoint->address, ipv4_prefix, sizeof ipv4_prefix);
        memcpy(endpoint->address + 12, &peer->ipv4.sin_addr, 4);
        endpoint->port = __builtin_bswap16(peer->ipv4.sin_port);
        return true;
    }
    enum { WITHOUT_SCOPE = 24 }; /* SIN6_LEN_RFC2133 */
    if (peer->any.sa_family != AF_INET6 || peer->length < WITHOUT_SCOPE) return false;
    memcpy(endpoint->address, &peer->ipv6.sin6_addr, 16);
    endpoint->port = __builtin_bswap16(peer->ipv6.sin6_port);
    return true;
}

int peer_socket_option(int socket, int option) {
    int value = 0;
    uint32_t size = sizeof value;
    SYSTEM(getsockopt, socket, SOL_SOCKET, option, &value, &size);
    return value;
}

const char *peer_protocol(int socket) {
    if (peer_socket_option(socket, SO_DOMAIN) == AF_UNIX) return "unix";
    return peer_socket_option(socket, SO_TYPE) == SOCK_STREAM ? "tcp" : "udp";
}

/* To put addresses into order, resolvers connect UDP sockets to them and look which source address they get: to port 0
 * or their service's (glibc), 9 (Go) or 65535 (musl). */
static bool only_sorts(const struct call *call, int socket, uint16_t port) {
    return (port == DISCARD || port == HIGHEST) && call->number == __NR_connect &&
           peer_socket_option(socket, SO_TYPE) == SOCK_DGRAM;
}

/* The init adds names meanwhile; what was read of a change is read again. */
static enum network_match match_endpoint(const struct network_rules *rules, const struct endpoint *endpoint,
                                         struct span *domain) {
    const struct names *names = &state.share->names;
    enum network_match match = NETWORK_NOT_NAMED;
    for (int i = 0; i < TRIES; i++) {
        uint32_t cursor = 0, before = __atomic_load_n(&names->sequence, __ATOMIC_ACQUIRE);
        match = network_rules_match_endpoint(rules, &state.share->network, names, endpoint);
        *domain = names_next(names, endpoint->address, &cursor);
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        if (!(before & 1) && __atomic_load_n(&names->sequence, __ATOMIC_RELAXED) == before) break;
    }
    return match;
}

static bool is_refused(struct access *access) {
    struct scratch *scratch = scratch_take();
    bool refused = access_is_refused(access, scratch->record);
    scratch_give(scratch);
    return refused;
}

static long decide_endpoint(const struct call *call, int socket, const struct endpoint *given) {
    const struct network_rules *rules = &state_policy()->network;
    struct endpoint endpoint = *given;
    struct span domain;
    if (only_sorts(call, socket, endpoint.port)) endpoint.port = 0;
    enum network_match match = match_endpoint(rules, &endpoint, &domain);
    if (match == NETWORK_ALLOWED && rules->effect != EFFECT_LEARN) return 0;
    struct span address = {endpoint.address, sizeof endpoint.address};
    struct access access = {.section = SECTION_NETWORK,
                            .effect = rules->effect,
                            .allowed = match == NETWORK_ALLOWED,
                            .call = decide_name(call),
                            .reason = network_match_reason(match),
                            .kind = domain.bytes ? "domain" : "address",
                            .value = domain.bytes ? domain : address,
                            .port = given->port,
                            .fields = {{FIELD_ADDRESS, address},
                                       {FIELD_DOMAIN, domain},
                                       {FIELD_PROTOCOL, span_of(peer_protocol(socket))},
                                       {FIELD_DIRECTION, span_of("outbound")}}};
    return is_refused(&access) ? -EACCES : 0;
}

static long decide_unix(const struct call *call, struct span text, const char *reason) {
    const struct network_rules *rules = &state_policy()->network;
    struct access access = {
        .section = SECTION_NETWORK,
        .effect = rules->effect,
        .allowed = !reason && network_rules_match_unix(rules, text, NULL, NULL),
        .call = decide_name(call),
        .reason = reason ? reason : "no entry of the policy's unix addresses names it",
        .kind = "unix",
        .value = text,
        .fields = {{FIELD_ADDRESS, text}, {FIELD_PROTOCOL, span_of("unix")}, {FIELD_DIRECTION, span_of("outbound")}}};
    return is_refused(&access) ? -EACCES : 0;
}

/* The path is followed once, and then the file stays what was judged. What the kernel would refuse anyway gets the
 * kernel's error. */
static long decide_path(struct peer *peer, const struct call *call, struct scratch *scratch) {
    struct stat status;
    size_t length = peer->length - offsetof(struct sockaddr_un, sun_path);
    memcpy(scratch->asked, peer->local.sun_path, length);
    scratch->asked[length] = '\0';
    long fd = SYSTEM(openat, AT_FDCWD, scratch->asked, O_PATH | O_CLOEXEC);
    if (fd < 0) return fd;
    peer->handle = (int)fd;
    if (file_status(peer->handle, &status) != 0 || !S_ISSOCK(status.st_mode)) return -ECONNREFUSED;
    bool named = file_path(peer->handle, &status, scratch->path, sizeof scratch->path);
    long error = decide_unix(call, span_of(named ? scratch->path : scratch->asked),
                             named ? NULL : "it has no path that the guard can see");
    if (error) return error;
    file_link(peer->handle, peer->local.sun_path);
    peer->length = (uint32_t)(offsetof(struct sockaddr_un, sun_path) + strlen(peer->local.sun_path) + 1);
    return 0;
}

static long decide_local(struct peer *peer, const struct call *call) {
    size_t room = sizeof peer->local.sun_path, length = peer->length - offsetof(struct sockaddr_un, sun_path);
    if (peer->length <= offsetof(struct sockaddr_un, sun_path) || length > room) return 0; /* the kernel refuses it */
    struct scratch *scratch = scratch_take();
    long error;
    if (peer->local.sun_path[0]) {
        error = decide_path(peer, call, scratch);
    } else {
        scratch->path[0] = '@';
        memcpy(scratch->path + 1, peer->local.sun_path + 1, length - 1);
        error = decide_unix(call, (struct span){(const uint8_t *)scratch->path, length}, NULL);
    }
    scratch_give(scratch);
    return error;
}

long peer_decide(struct peer *peer, const struct call *call, int socket) {
    struct endpoint endpoint;
    if (peer_endpoint(peer, &endpoint)) {
        if (redirect_lookup(peer, &endpoint, socket)) return 0;
        return decide_endpoint(call, socket, &endpoint);
    }
    return peer->any.sa_family == AF_UNIX && peer->length >= sizeof peer->any.sa_family ? decide_local(peer, call) : 0;
}
