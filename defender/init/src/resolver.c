#include "resolver.h"

static struct names names;

bool resolver_redirect(int socket, struct socket_address *address) {
    (void)socket, (void)address;
    return false;
}

const struct names *resolver_names(void) { return &names; }
