#include "resolver.h"

#include <sys/mman.h>
#include <sys/socket.h>

#include "lookup.h"
#include "memory.h"
#include "resolver-tcp.h"
#include "resolver-udp.h"
#include "surroundings.h"

enum { FAMILIES = 2 };

static _Alignas(MEMORY_PAGE) struct names own_names;
static struct names *names = &own_names;
static uint16_t udp_ports[FAMILIES], tcp_ports[FAMILIES];

void resolver_keep_names(struct names *place) { names = place; }

bool resolver_open(void) {
    upstream_open(&surroundings.name_servers);
    lookup_open(names, &surroundings.name_servers);
    static const int families[FAMILIES] = {AF_INET, AF_INET6};
    for (int i = 0; i < FAMILIES; i++) {
        udp_ports[i] = resolver_udp_open(families[i]);
        tcp_ports[i] = resolver_tcp_open(families[i]);
    }
    return udp_ports[0] && tcp_ports[0];
}

uint16_t resolver_port(int family, int type) {
    return (type == SOCK_DGRAM ? udp_ports : tcp_ports)[family == AF_INET6];
}

const struct names *resolver_names(void) { return names; }
