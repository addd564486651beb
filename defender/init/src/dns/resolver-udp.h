/* The resolver over UDP. */
#ifndef RINGFENCE_RESOLVER_UDP_H
#define RINGFENCE_RESOLVER_UDP_H

#include <stdint.h>

/* Opens it at the loopback address of AF_INET or AF_INET6. Returns its port, 0 when it could not be opened. */
uint16_t resolver_udp_open(int family);

#endif
