/* The resolver over TCP. */
#ifndef RINGFENCE_RESOLVER_TCP_H
#define RINGFENCE_RESOLVER_TCP_H

#include <stdint.h>

/* Opens it at the loopback address of AF_INET or AF_INET6. Returns its port, 0 when it could not be opened. */
uint16_t resolver_tcp_open(int family);

#endif
