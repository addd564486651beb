/* Where a socket leads: what the policy says to it, and the address with which it is reached. */
#ifndef RINGFENCE_PEER_H
#define RINGFENCE_PEER_H

#include <netinet/in.h>
#include <sys/un.h>

#include "call.h"
#include "rules-network.h"

/* The guard's own copy of an address that the program gave. */
struct peer {
    union {
        struct sockaddr any;
        struct sockaddr_in ipv4;
        struct sockaddr_in6 ipv6;
        struct sockaddr_un local;
        uint8_t room[128]; /* struct sockaddr_storage */
    };
    uint32_t length; /* 0: none was given */
    int handle;      /* the file that a path of AF_UNIX leads to, which the copy then names; else -1 */
};

/* Copies the address. Returns 0 or a negative errno. */
long peer_read(struct peer *peer, uint64_t address, uint32_t length);

/* Asks the policy whether the socket may connect or send to the address, and leads lookups to the init's resolver.
 * Returns 0, or the negative errno to answer with. peer_close in any case. */
long peer_decide(struct peer *peer, const struct call *call, int socket);

void peer_close(struct peer *peer);

/* Where an address of AF_INET or AF_INET6 leads; false for others. */
bool peer_endpoint(const struct peer *peer, struct endpoint *endpoint);

/* An option of SOL_SOCKET: SO_TYPE, SO_DOMAIN … */
int peer_socket_option(int socket, int option);

/* "tcp", "udp" … */
const char *peer_protocol(int socket);

#endif
