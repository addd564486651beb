/* Names that stand for addresses: 4.3.2.1.in-addr.arpa (RFC 1035, 3.5), nibbles below ip6.arpa (RFC 3596, 2.5). */
#ifndef RINGFENCE_REVERSE_H
#define RINGFENCE_REVERSE_H

#include <stdbool.h>
#include <stdint.h>

/* Reads the address of which `name` (lower case) is the reverse; IPv4 becomes ::ffff:a.b.c.d. */
bool reverse_read(const char *name, uint8_t address[static 16]);

#endif
