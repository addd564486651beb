#include "hand-over.h"

#include "redirect.h"
#include "resolver-udp.h"

typedef int ask_for_name(int socket, struct sockaddr *address, socklen_t *length);

static bool find(ask_for_name *ask, int socket, struct socket_address *address) {
    address->length = sizeof address->room;
    return ask(socket, &address->any, &address->length) == 0;
}

/* The socket's own address, as the resolver would see it; false when only the kernel can say. */
static bool find_client(int socket, const struct socket_address *to, struct endpoint *client) {
    static const uint8_t any[16], any_ipv4[16] = {[10] = 0xff, [11] = 0xff};
    struct socket_address own;
    struct endpoint resolver;
    if (!find(getsockname, socket, &own) || !socket_address_endpoint(&own, client) || !client->port) return false;
    if (!socket_address_endpoint(to, &resolver)) return false;
    bool is_any = memcmp(client->address, any, 16) == 0 || memcmp(client->address, any_ipv4, 16) == 0;
    if (is_any) memcpy(client->address, resolver.address, 16);
    return memcmp(client->address, resolver.address, 16) == 0;
}

ssize_t hand_over(int socket, const struct socket_address *to, const struct message *message) {
    struct socket_address peer;
    struct endpoint client;
    uint8_t query[RESOLVER_MOST_ASKED];
    if (!redirect_was_used() || message->control_length) return -1;
    if (!to->length && !find(getpeername, socket, &peer)) return -1;
    if (!to->length) to = &peer;
    if (!redirect_is_resolver(to) || !find_client(socket, to, &client)) return -1;
    if (message_payload_length(message) > RESOLVER_MOST_ASKED) return -1;
    ssize_t length = message_read_payload(message, 0, query, sizeof query);
    if (length > 0) resolver_udp_take(&client, query, (size_t)length);
    return length > 0 ? length : -1;
}
