#include "resolver.h"

#include <sys/mman.h>
#include <sys/socket.h>

#include "lookup.h"
#include "memory.h"
#include "resolver-tcp.h"
#include "resolver-udp.h"

enum { FAMILIES = 2 };

static _Alignas(MEMORY_PAGE) struct names names;
static struct name_servers servers;
static uint16_t udp_ports[FAMILIES], tcp_ports[FAMILIES];

bool resolver_open(void) {
    name_servers_read(&servers);
    upstream_open(&servers);
    lookup_open(&names, &servers);
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

const struct names *resolver_names(void) { return &names; }
