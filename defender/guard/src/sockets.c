#include "sockets.h"

#include <errno.h>
#include <fcntl.h>

#include "access.h"
#include "decide.h"
#include "file.h"
#include "judge.h"
#include "peer.h"
#include "scratch.h"
#include "state.h"
#include "system.h"

enum {
    TYPE_MASK = 0xf /* SOCK_TYPE_MASK, include/linux/net.h */,
    ROUTE = 0 /* NETLINK_ROUTE */,
    IPPROTO_MPTCP_ = 262,
    MAX_NAME = 24
};

static const char no_such_sockets[] = "no such sockets are allowed where the network is guarded";

static bool is_refused(const struct call *call, struct access access) {
    access.section = SECTION_NETWORK;
    access.effect = state_policy()->network.effect;
    access.call = decide_name(call);
    struct scratch *scratch = scratch_take();
    bool refused = access_is_refused(&access, scratch->record);
    scratch_give(scratch);
    return refused;
}

static enum verdict decide_use(struct call *call, const char *what, const char *reason, int error) {
    struct access access = {.kind = "socket",
                            .value = span_of(what),
                            .reason = reason,
                            .fields = {{FIELD_PROTOCOL, span_of(what)}, {FIELD_DIRECTION, span_of("socket")}}};
    return is_refused(call, access) ? call_answer(call, -error) : CALL_GOES_ON;
}

static const char *family_name(int family, char text[static MAX_NAME]) {
    switch (family) {
    case AF_NETLINK:
        return "netlink";
    case AF_PACKET:
        return "packet";
    case AF_VSOCK:
        return "vsock";
    case AF_ALG:
        return "alg";
    default:
        file_append_number(text, "family ", (uint32_t)family);
        return text;
    }
}

static enum verdict decide_internet(struct call *call, int type, int protocol) {
    char text[MAX_NAME];
    if (type == SOCK_STREAM && (!protocol || protocol == IPPROTO_TCP)) return CALL_GOES_ON;
    if (type == SOCK_DGRAM && (!protocol || protocol == IPPROTO_UDP)) return CALL_GOES_ON;
    if (type == SOCK_RAW) return decide_use(call, "raw", no_such_sockets, EPERM);
    /* MPTCP's peers name further addresses. Go asks for it whenever it listens, and takes TCP where there is none. */
    if (type == SOCK_STREAM && protocol == IPPROTO_MPTCP && state_policy()->network.effect == EFFECT_PREVENT)
        return call_answer(call, -EPROTONOSUPPORT);
    file_append_number(text, "protocol ", (uint32_t)protocol);
    return decide_use(call, text, no_such_sockets, EPROTONOSUPPORT);
}

enum verdict sockets_open(struct call *call) {
    char text[MAX_NAME];
    int family = (int)call->argument[0], type = (int)call->argument[1] & TYPE_MASK, protocol = (int)call->argument[2];
    bool is_pair = call->number == __NR_socketpair, is_netlink = family == AF_NETLINK;
    if (family == AF_UNIX || (is_netlink && !is_pair && protocol == ROUTE)) return CALL_GOES_ON;
    if (!is_pair && (family == AF_INET || family == AF_INET6)) return decide_internet(call, type, protocol);
    return decide_use(call, family_name(family, text), no_such_sockets, is_netlink ? EPROTONOSUPPORT : EAFNOSUPPORT);
}

enum verdict sockets_set_option(struct call *call) {
    enum { OPTIONS = 4, RTHDR_2292 = 5, PKTOPTIONS_2292 = 6, FLOWLABEL_MGR = 32, RTHDR = 57 }; /* in.h, in6.h */
    int level = (int)call->argument[1], option = (int)call->argument[2];
    bool routes = (level == IPPROTO_IP && option == OPTIONS) ||
                  (level == IPPROTO_IPV6 &&
                   (option == RTHDR_2292 || option == PKTOPTIONS_2292 || option == FLOWLABEL_MGR || option == RTHDR));
    return routes ? decide_use(call, "source routing",
                               "packets would go to other addresses than those that were judged", EPERM)
                  : CALL_GOES_ON;
}

static uint32_t read_number_at(const char **text) {
    uint32_t number = 0;
    for (; **text >= '0' && **text <= '9'; ++*text) number = number * 10 + (uint32_t)(**text - '0');
    return number;
}

/* 0 in the policy stands for the ports that the kernel gives to who asks for any. */
static bool is_any_free_port(uint16_t port) {
    static uint32_t first, last;
    if (!last) {
        char text[32] = "";
        const char *rest = text;
        long fd = SYSTEM(openat, AT_FDCWD, "/proc/sys/net/ipv4/ip_local_port_range", O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            SYSTEM(read, fd, text, sizeof text - 1);
            SYSTEM(close, fd);
        }
        uint32_t low = read_number_at(&rest);
        while (*rest == '\t' || *rest == ' ') rest++;
        uint32_t high = read_number_at(&rest);
        first = low && high ? low : 32768; /* the kernel's defaults */
        last = low && high ? high : 60999;
    }
    return port == 0 || (port >= first && port <= last);
}

static bool port_is_refused(const struct call *call, int socket, const struct endpoint *endpoint) {
    const struct network_rules *rules = &state_policy()->network;
    const char *protocol = peer_protocol(socket);
    struct access access = {.kind = "listen",
                            .value = span_of(protocol),
                            .port = endpoint->port,
                            .allowed = network_rules_match_listen(rules, endpoint->port) ||
                                       (is_any_free_port(endpoint->port) && network_rules_match_listen(rules, 0)),
                            .reason = "no entry of the policy's listening ports holds it",
                            .fields = {{FIELD_ADDRESS, {endpoint->address, sizeof endpoint->address}},
                                       {FIELD_PROTOCOL, span_of(protocol)},
                                       {FIELD_DIRECTION, span_of("listen")}}};
    return is_refused(call, access);
}

/* A UDP socket that sends has a free port anyway, so taking one is no listening. Some resolvers try ports at random
 * until they get one (Ruby's): where the policy names 0, another port of UDP becomes one that the kernel chooses. */
static bool takes_port(struct peer *own, const struct endpoint *endpoint) {
    const struct network_rules *rules = &state_policy()->network;
    if (is_any_free_port(endpoint->port)) return false;
    if (!network_rules_match_listen(rules, 0) || network_rules_match_listen(rules, endpoint->port)) return true;
    own->ipv4.sin_port = 0; /* at the same place in sockaddr_in6 */
    return false;
}

/* A path makes an entry. It is bound by its name without symlinks. */
static long bind_path(const struct call *call, struct peer *own) {
    size_t before = offsetof(struct sockaddr_un, sun_path), length = own->length - before;
    struct scratch *scratch = scratch_take();
    struct place place = {.path = scratch->path};
    memcpy(scratch->asked, own->local.sun_path, length);
    scratch->asked[length] = '\0';
    long result = place_find(&place, AT_FDCWD, scratch->asked, PLACE_ENTRY);
    if (!result && judge_refuses(call, &place, scratch->asked, FILE_WRITE, scratch)) result = -EACCES;
    length = strlen(place.path) + 1;
    if (!result && (length == 1 || length > sizeof own->local.sun_path)) result = -ENAMETOOLONG;
    if (!result) {
        memcpy(own->local.sun_path, place.path, length);
        result = SYSTEM(bind, call->argument[0], own->room, before + length);
    }
    place_close(&place);
    scratch_give(scratch);
    return result;
}

static bool has_path(const struct peer *own) {
    size_t before = offsetof(struct sockaddr_un, sun_path);
    return own->any.sa_family == AF_UNIX && own->length > before &&
           own->length - before <= sizeof own->local.sun_path && own->local.sun_path[0];
}

/* TCP is asked about when it listens, by which time a port is bound in any case. */
enum verdict sockets_bind(struct call *call) {
    const struct policy *policy = state_policy();
    int socket = (int)call->argument[0];
    struct peer own;
    struct endpoint endpoint;
    if (peer_read(&own, (uint64_t)call->argument[1], (uint32_t)call->argument[2])) return CALL_GOES_ON;
    if (has_path(&own) && policy->files.effect != EFFECT_DISABLE) return call_answer(call, bind_path(call, &own));
    if (policy->network.effect == EFFECT_DISABLE || !peer_endpoint(&own, &endpoint) ||
        peer_socket_option(socket, SO_TYPE) != SOCK_DGRAM)
        return CALL_GOES_ON;
    if (takes_port(&own, &endpoint) && port_is_refused(call, socket, &endpoint)) return call_answer(call, -EACCES);
    return call_answer(call, SYSTEM(bind, socket, own.room, own.length));
}

/* By a descriptor of the guard's own, since another thread may put another socket in the place of the program's. */
enum verdict sockets_listen(struct call *call) {
    struct peer own = {.length = sizeof own.room, .handle = -1};
    struct endpoint endpoint;
    long socket = SYSTEM(fcntl, call->argument[0], F_DUPFD_CLOEXEC, 0);
    if (socket < 0) return call_answer(call, socket);
    bool bound = SYSTEM(getsockname, socket, own.room, &own.length) == 0 && own.any.sa_family != AF_UNSPEC &&
                 peer_endpoint(&own, &endpoint);
    long result =
        bound && port_is_refused(call, (int)socket, &endpoint) ? -EACCES : SYSTEM(listen, socket, call->argument[1]);
    SYSTEM(close, socket);
    return call_answer(call, result);
}
