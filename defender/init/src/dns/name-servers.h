/* The name servers of this machine, and the domains in which short names are looked for (resolv.conf(5)). */
#ifndef RINGFENCE_NAME_SERVERS_H
#define RINGFENCE_NAME_SERVERS_H

#include "address.h"
#include "dns-message.h"

#ifndef DNS_PORT
#define DNS_PORT 53
#endif

enum { MOST_NAME_SERVERS = 3, MOST_SEARCH_DOMAINS = 6 };

struct name_servers {
    uint8_t count, search_count;
    struct address servers[MOST_NAME_SERVERS];           /* at least one: without any, it is this machine */
    char search[MOST_SEARCH_DOMAINS][DNS_MOST_NAME + 1]; /* lower case, without a dot at either end */
};

void name_servers_read(struct name_servers *servers);

#endif
