#include "listen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bind-path.h"
#include "patience.h"
#include "peer.h"
#include "verdict.h"

/* A port as the policy and audits see it. */
struct listening {
    struct access access; /* first, so that it leads to the rest */
    char address[INET6_ADDRSTRLEN];
};

static void describe(const struct access *access, struct json *detail) {
    json_text(detail, "direction", "listen");
    json_text(detail, "protocol", access->value);
    json_text(detail, "address", ((const struct listening *)access)->address);
    json_number(detail, "port", access->port);
}

/* 0 in the policy stands for the ports that the kernel gives to who asks for any. */
static bool is_any_free_port(uint16_t port) {
    static unsigned long first, last;
    if (!last) {
        char text[32] = "", *rest = text;
        int fd = open("/proc/sys/net/ipv4/ip_local_port_range", O_RDONLY | O_CLOEXEC);
        if (fd >= 0 && read(fd, text, sizeof text - 1) > 0) first = strtoul(text, &rest, 10);
        last = strtoul(rest, NULL, 10);
        if (fd >= 0) close(fd);
        if (!first || !last) first = 32768, last = 60999; /* the kernel's defaults */
    }
    return port == 0 || (port >= first && port <= last);
}

static bool port_is_allowed(const struct request *request, const struct network_rules *rules, int socket,
                            const struct endpoint *endpoint) {
    bool allowed = network_rules_match_listen(rules, endpoint->port) ||
                   (is_any_free_port(endpoint->port) && network_rules_match_listen(rules, 0));
    struct listening at = {.access = {.type = "network",
                                      .kind = "listen",
                                      .value = socket_protocol(socket),
                                      .port = endpoint->port,
                                      .attempt = "tried to listen on",
                                      .deed = "listens on",
                                      .allowed = allowed,
                                      .error = EACCES,
                                      .reason = "no entry of the policy's listening ports holds it",
                                      .describe = describe}};
    endpoint_text(endpoint, at.address);
    return verdict_apply(request, rules->effect, &at.access);
}

/* A UDP socket that sends has a free port anyway, so taking one is no listening. Some resolvers try ports at random
 * until they get one (Ruby's): where the policy names 0, another port of UDP becomes one that the kernel chooses. */
static bool takes_port(struct socket_address *address, const struct network_rules *rules, struct endpoint *endpoint) {
    if (is_any_free_port(endpoint->port)) return false;
    if (!network_rules_match_listen(rules, 0) || network_rules_match_listen(rules, endpoint->port)) return true;
    address->ipv4.sin_port = 0; /* at the same place in sockaddr_in6 */
    return false;
}

void listen_decide_bind(const struct request *request, const struct policy *policy, int socket) {
    const uint64_t *args = (const uint64_t *)request->notification.data.args;
    struct socket_address address;
    struct endpoint endpoint;
    int error = socket_address_read(request->thread, args[1], (uint32_t)args[2], &address);
    bool receives = !error && policy->network.effect != EFFECT_DISABLE &&
                    socket_address_endpoint(&address, &endpoint) && strcmp(socket_protocol(socket), "udp") == 0 &&
                    takes_port(&address, &policy->network, &endpoint);
    if (receives && !port_is_allowed(request, &policy->network, socket, &endpoint)) {
        /* was answered */
    } else if (error) {
        answer_refuse(request, error);
    } else if (socket_address_has_path(&address)) {
        bind_path_decide(request, policy, socket, &address);
    } else if (policy->network.effect != EFFECT_PREVENT) {
        answer_continue(request);
    } else if (answer_is_awaited(request)) {
        answer_result(request, bind(socket, &address.any, address.length));
    }
    patience_close(socket);
}

void listen_decide(const struct request *request, const struct policy *policy, int socket) {
    struct socket_address address = {.length = sizeof address.room};
    struct endpoint endpoint;
    bool bound = getsockname(socket, &address.any, &address.length) == 0 &&
                 socket_address_family(&address) != AF_UNSPEC && socket_address_endpoint(&address, &endpoint);
    if (bound && !port_is_allowed(request, &policy->network, socket, &endpoint)) {
        /* was answered */
    } else if (policy->network.effect != EFFECT_PREVENT) {
        answer_continue(request);
    } else if (answer_is_awaited(request)) {
        answer_result(request, listen(socket, (int)request->notification.data.args[1]));
    }
    patience_close(socket);
}
