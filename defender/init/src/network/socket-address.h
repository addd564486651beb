/* Addresses of sockets, as guarded processes give them. */
#ifndef RINGFENCE_SOCKET_ADDRESS_H
#define RINGFENCE_SOCKET_ADDRESS_H

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

#include "rules-network.h"
#include "window.h"

struct socket_address {
    union {
        struct sockaddr any;
        struct sockaddr_in ipv4;
        struct sockaddr_in6 ipv6;
        struct sockaddr_un local;
        struct sockaddr_storage room;
    };
    socklen_t length; /* 0: none was given */
};

enum { MAX_ADDRESS_TEXT = 128 };

/* Copies it from a thread's memory. Returns 0, or the errno that the kernel has for it. */
int socket_address_read(pid_t thread, uint64_t at, uint32_t length, struct socket_address *address);

/* The same, of an address beside which more is read. */
int socket_address_read_near(struct window *window, uint64_t at, uint32_t length, struct socket_address *address);

/* AF_UNSPEC when none or half of a family was given. */
sa_family_t socket_address_family(const struct socket_address *address);

/* Whether it is one of AF_UNIX that has a name in the file system. */
bool socket_address_has_path(const struct socket_address *address);

/* Where an address of AF_INET or AF_INET6 leads; false for others. AF_UNSPEC is taken for AF_INET, as UDP does. */
bool socket_address_endpoint(const struct socket_address *address, struct endpoint *endpoint);

/* As people write the address of an endpoint, without its port. */
void endpoint_text(const struct endpoint *endpoint, char text[static INET6_ADDRSTRLEN]);

#endif
