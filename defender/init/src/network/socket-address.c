#include "socket-address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stddef.h>

#include "target.h"

static bool make_room(uint32_t length, struct socket_address *address) {
    if (length > sizeof address->room) return false;
    address->any.sa_family = AF_UNSPEC;
    address->length = length;
    return true;
}

int socket_address_read(pid_t thread, uint64_t at, uint32_t length, struct socket_address *address) {
    if (!make_room(length, address)) return EINVAL;
    return length && !target_read(thread, at, &address->room, length) ? EFAULT : 0;
}

int socket_address_read_near(struct window *window, uint64_t at, uint32_t length, struct socket_address *address) {
    if (!make_room(length, address)) return EINVAL;
    return length && !window_read(window, at, &address->room, length) ? EFAULT : 0;
}

sa_family_t socket_address_family(const struct socket_address *address) {
    return address->length < sizeof(sa_family_t) ? AF_UNSPEC : address->any.sa_family;
}

bool socket_address_has_path(const struct socket_address *address) {
    return socket_address_family(address) == AF_UNIX && address->length > offsetof(struct sockaddr_un, sun_path) &&
           address->local.sun_path[0];
}

bool socket_address_endpoint(const struct socket_address *address, struct endpoint *endpoint) {
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    sa_family_t family = socket_address_family(address);
    /* The kernel wants all of sockaddr_in, and of sockaddr_in6 all but the scope (RFC 2133). */
    if (family == AF_INET6 && address->length >= offsetof(struct sockaddr_in6, sin6_scope_id)) {
        memcpy(endpoint->address, &address->ipv6.sin6_addr, 16);
        endpoint->port = ntohs(address->ipv6.sin6_port);
        return true;
    }
    if ((family == AF_INET || family == AF_UNSPEC) && address->length >= sizeof address->ipv4) {
        memcpy(endpoint->address, mapped, sizeof mapped);
        memcpy(endpoint->address + sizeof mapped, &address->ipv4.sin_addr, 4);
        endpoint->port = ntohs(address->ipv4.sin_port);
        return true;
    }
    return false;
}

void endpoint_text(const struct endpoint *endpoint, char text[static INET6_ADDRSTRLEN]) {
    if (address_is_ipv4(endpoint->address)) {
        inet_ntop(AF_INET, endpoint->address + 12, text, INET6_ADDRSTRLEN);
    } else {
        inet_ntop(AF_INET6, endpoint->address, text, INET6_ADDRSTRLEN);
    }
}
