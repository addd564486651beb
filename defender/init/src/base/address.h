/* Addresses of hosts. */
#ifndef RINGFENCE_ADDRESS_H
#define RINGFENCE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

struct address {
    uint8_t size; /* 4 or 16 */
    uint8_t bytes[16];
};

/* Reads an IPv4 or IPv6 literal. */
bool address_read(const char *text, struct address *address);

/* Begins to connect a non-blocking socket of this `type` (SOCK_STREAM, SOCK_DGRAM). Returns it, or -1. */
int address_connect(const struct address *address, uint16_t port, int type);

/* Opens a non-blocking socket at 127.0.0.1 (AF_INET) or ::1 (AF_INET6), at a port that the kernel chooses; of type
 * SOCK_STREAM it listens. Returns it, or -1. */
int address_open_loopback(int family, int type, uint16_t *port);

#endif
