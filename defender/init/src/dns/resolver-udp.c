#include "resolver-udp.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "lookup.h"
#include "memory.h"

enum { MOST_EXCHANGES = 64, PACKETS_A_TURN = 16, RELEASE_AFTER_MS = 1000, MOST_JUDGED = 4 };

struct client {
    int socket; /* the resolver's, at which it asked */
    socklen_t length;
    union {
        struct sockaddr any;
        struct sockaddr_in ipv4;
        struct sockaddr_in6 largest;
    } address;
};

struct exchange {
    struct lookup lookup; /* first: what is upstream finds it there */
    struct client client;
    bool is_open;
};

static _Alignas(MEMORY_PAGE) union {
    struct exchange each[MOST_EXCHANGES];
    uint8_t pages[(sizeof(struct exchange) * MOST_EXCHANGES + MEMORY_PAGE - 1) / MEMORY_PAGE * MEMORY_PAGE];
} exchanges;
static unsigned open_count;
static struct loop_source listeners[2];
static struct upstream *judged[MOST_JUDGED]; /* and no server asked yet */
static unsigned judged_count;

static void reply(const struct client *client, const uint8_t *message, size_t length) {
    sendto(client->socket, message, length, MSG_NOSIGNAL, &client->address.any, client->length);
}

static void release_memory(struct loop_timer *timer) {
    (void)timer;
    if (open_count) return;
    memory_release(exchanges);
    upstream_close_spent();
}

static struct loop_timer quiet_timer = {.fire = release_memory};

static struct exchange *free_exchange(void) {
    if (!open_count) return exchanges.each; /* what was released would be read first, and then fault again */
    for (unsigned i = 0; i < MOST_EXCHANGES; i++)
        if (!exchanges.each[i].is_open) return &exchanges.each[i];
    return NULL;
}

static void upstream_ended(struct upstream *upstream, uint8_t *answer, size_t length) {
    struct exchange *exchange = (struct exchange *)upstream;
    uint8_t refusal[DNS_MOST_REFUSAL];
    if (length)
        lookup_accept(&exchange->lookup, answer, length);
    else
        length = lookup_fail(&exchange->lookup, answer = refusal);
    reply(&exchange->client, answer, length);
    exchange->is_open = false;
    open_count--;
    loop_arm(&quiet_timer, RELEASE_AFTER_MS);
}

/* Returns what a server is now to be asked for, or NULL. */
static struct upstream *take(const struct client *client, const uint8_t *packet, size_t length) {
    static struct exchange spare; /* to refuse with when there is no room */
    struct exchange *exchange = free_exchange();
    struct lookup *lookup = exchange ? &exchange->lookup : &spare.lookup;
    uint8_t refusal[DNS_MOST_REFUSAL];
    size_t refusal_length;
    struct asker asker = {"udp", ntohs(client->address.largest.sin6_port)}; /* in both families at the same place */
    enum lookup_step step = lookup_begin(lookup, packet, length, &asker, refusal, &refusal_length);
    if (step == LOOKUP_IGNORE) return NULL;
    if (step == LOOKUP_FORWARD && !exchange) refusal_length = lookup_fail(lookup, refusal);
    if (step == LOOKUP_REFUSE || !exchange) {
        reply(client, refusal, refusal_length);
        return NULL;
    }
    exchange->client = *client;
    exchange->is_open = true;
    open_count++;
    lookup->upstream.query = &lookup->query;
    lookup->upstream.stream = NULL;
    lookup->upstream.ended = upstream_ended;
    return &lookup->upstream;
}

static void packets_ready(struct loop_source *source, uint32_t events) {
    (void)events;
    uint8_t packet[RESOLVER_MOST_ASKED];
    for (int left = PACKETS_A_TURN; left; left--) {
        struct client client = {.socket = source->fd, .length = sizeof client.address};
        ssize_t length = recvfrom(source->fd, packet, sizeof packet, 0, &client.address.any, &client.length);
        if (length < 0) return;
        struct upstream *upstream = take(&client, packet, (size_t)length);
        if (upstream) upstream_ask(upstream);
    }
}

void resolver_udp_take(const struct endpoint *at, const uint8_t *query, size_t length) {
    bool is_ipv4 = address_is_ipv4(at->address);
    struct client client = {.socket = listeners[!is_ipv4].fd};
    if (is_ipv4) {
        client.address.ipv4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(at->port)};
        memcpy(&client.address.ipv4.sin_addr, at->address + 12, 4);
        client.length = sizeof client.address.ipv4;
    } else {
        client.address.largest = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(at->port)};
        memcpy(&client.address.largest.sin6_addr, at->address, 16);
        client.length = sizeof client.address.largest;
    }
    struct upstream *upstream = take(&client, query, length);
    if (upstream && judged_count == MOST_JUDGED) resolver_udp_ask_judged();
    if (upstream) judged[judged_count++] = upstream;
}

void resolver_udp_ask_judged(void) {
    for (unsigned i = 0; i < judged_count; i++) upstream_ask(judged[i]);
    judged_count = 0;
}

uint16_t resolver_udp_open(int family) {
    uint16_t port;
    struct loop_source *source = &listeners[family == AF_INET6];
    *source = (struct loop_source){.fd = address_open_loopback(family, SOCK_DGRAM, &port), .ready = packets_ready};
    return source->fd >= 0 && loop_add(source, EPOLLIN) ? port : 0;
}
