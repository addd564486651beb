#include "network.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bind-path.h"
#include "descriptor.h"
#include "guard.h"
#include "hold.h"
#include "library.h"
#include "listen.h"
#include "patience.h"
#include "peer.h"
#include "receive.h"
#include "send.h"
#include "verdict.h"

enum { SOCKET_TYPE = 0xf /* SOCK_TYPE_MASK, include/linux/net.h */ };

static void describe_socket(const struct access *access, struct json *detail) {
    json_text(detail, "direction", "socket");
    json_text(detail, "protocol", access->value);
}

static struct access access_to_socket(const char *value) {
    return (struct access){.type = "network",
                           .kind = "socket",
                           .value = value,
                           .attempt = "tried to use",
                           .deed = "used",
                           .error = EACCES,
                           .describe = describe_socket};
}

/* Only registers decide here, so the kernel may go on by itself. */
static void decide_by_registers(const struct request *request, const struct policy *policy,
                                const struct access *access) {
    if (verdict_apply(request, policy->network.effect, access)) answer_continue(request);
}

/* What a socket that the filter does not let through is for. */
static const char *purpose(int family, int type, int protocol, char text[static 16]) {
    bool of_internet = family == AF_INET || family == AF_INET6;
    snprintf(text, 16, of_internet ? "protocol %d" : "family %d", of_internet ? protocol : family);
    if (family == AF_NETLINK) return "netlink";
    if (family == AF_PACKET || (of_internet && type == SOCK_PACKET)) return "packet";
    if (family == AF_VSOCK) return "vsock";
    if (family == AF_ALG) return "alg";
    return of_internet && type == SOCK_RAW ? "raw" : text;
}

static void decide_socket(const struct request *request, const struct policy *policy) {
    const uint64_t *args = (const uint64_t *)request->notification.data.args;
    int family = (int)args[0], type = (int)args[1] & SOCKET_TYPE, protocol = (int)args[2];
    bool of_internet = family == AF_INET || family == AF_INET6;
    if (of_internet && type == SOCK_STREAM && protocol == IPPROTO_MPTCP && policy->network.effect == EFFECT_PREVENT) {
        /* Its peers name further addresses. Go asks for it whenever it listens, and takes TCP where there is none. */
        answer_refuse(request, EPROTONOSUPPORT);
        return;
    }
    char text[16];
    struct access access = access_to_socket(purpose(family, type, protocol, text));
    access.error = type == SOCK_RAW && of_internet       ? EPERM
                   : family == AF_NETLINK || of_internet ? EPROTONOSUPPORT
                                                         : EAFNOSUPPORT;
    access.reason = "no such sockets are allowed where the network is guarded";
    decide_by_registers(request, policy, &access);
}

static void decide_socketcall(const struct request *request, const struct policy *policy) {
    struct access access = access_to_socket("socketcall");
    access.error = ENOSYS;
    access.reason = "its arguments are in memory, where they can change";
    decide_by_registers(request, policy, &access);
}

static void decide_setsockopt(const struct request *request, const struct policy *policy) {
    struct access access = access_to_socket("source routing");
    access.error = EPERM;
    access.reason = "packets would go to other addresses than those that were judged";
    decide_by_registers(request, policy, &access);
}

/* Of datagrams, which never waits. */
static bool is_datagram(int socket) {
    int type = 0;
    socklen_t size = sizeof type;
    return getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_DGRAM;
}

static int connect_without_waiting(int socket, const struct socket_address *address, bool *blocking) {
    if (is_datagram(socket)) return connect(socket, &address->any, address->length) == 0 ? 0 : errno;
    int flags = fcntl(socket, F_GETFL);
    *blocking = !(flags & O_NONBLOCK);
    if (*blocking) fcntl(socket, F_SETFL, flags | O_NONBLOCK);
    int error = patience_connect(socket, &address->any, address->length) == 0 ? 0 : errno;
    /* On this machine it is done by now, and a second call says so. */
    if (*blocking && error == EINPROGRESS)
        error = patience_connect(socket, &address->any, address->length) == 0 ? 0 : errno;
    if (*blocking) fcntl(socket, F_SETFL, flags);
    return error;
}

/* EAGAIN: a listener of AF_UNIX has no room at the moment. */
static bool is_under_way(int error, const struct socket_address *address) {
    return error == EINPROGRESS || error == EALREADY || error == EINTR ||
           (error == EAGAIN && socket_address_family(address) == AF_UNIX);
}

/* Copies the socket unless that was done before. False when it can't be: then the request has been answered. */
static bool has_copy(const struct request *request, int *socket) {
    if (*socket < 0) *socket = descriptor_copy(request->thread, (int)request->notification.data.args[0]);
    return *socket >= 0 || (answer_refuse(request, -*socket), false);
}

/* Returns whether the request has been answered; else it has to wait. A connection that is under way is asked after
 * by connecting again, which ends it as a call that waited would. AF_UNIX is judged without the socket, since most of
 * it is glibc looking for its nscd, which nobody has. */
static bool try_to_connect(const struct request *request, const struct policy *policy, int *socket) {
    const uint64_t *args = (const uint64_t *)request->notification.data.args;
    struct peer peer = {.handle = -1};
    int error = socket_address_read(request->thread, args[1], (uint32_t)args[2], &peer.address);
    bool blocking = false, answered = true;
    /* AF_UNSPEC only takes a connection back. */
    sa_family_t family = error ? AF_UNSPEC : socket_address_family(&peer.address);
    bool connects = family != AF_UNSPEC;
    if ((family != AF_UNIX && !has_copy(request, socket)) ||
        (connects && !peer_is_allowed(&peer, request, policy, *socket))) {
        /* was answered */
    } else if (connects && policy->network.effect != EFFECT_PREVENT && !peer.redirected) {
        answer_continue(request);
    } else if (has_copy(request, socket) && answer_is_awaited(request)) {
        if (!error) error = connect_without_waiting(*socket, &peer.address, &blocking);
        if (blocking && is_under_way(error, &peer.address)) {
            answered = false;
        } else if (error) {
            answer_refuse(request, error);
        } else {
            answer_value(request, 0);
        }
    }
    peer_close(&peer);
    return answered;
}

static bool retry_connect(struct held *held) { return try_to_connect(&held->request, guard_policy(), &held->socket); }

static void decide_connect(const struct request *request, const struct policy *policy) {
    int socket = -1;
    if (!try_to_connect(request, policy, &socket)) {
        if (hold(request, socket, EPOLLOUT, 0, retry_connect, EINPROGRESS)) return;
        answer_refuse(request, ENOBUFS);
    }
    if (socket >= 0) patience_close(socket);
}

/* What follows is done by this process, with a copy of the descriptor and of all that decides. */
static void decide_on_descriptor(const struct request *request, const struct policy *policy) {
    int socket = -1;
    if (!has_copy(request, &socket)) return;
    switch ((enum call_kind)request->call->kind) {
    case CALL_BIND:
        listen_decide_bind(request, policy, socket);
        break;
    case CALL_LISTEN:
        listen_decide(request, policy, socket);
        break;
    default:
        send_decide(request, policy, socket);
    }
}

/* Traffic is the guard library's to decide, or nobody's. What that can't see must not be a way round it. */
static void decide_without_copies(const struct request *request, const struct policy *policy) {
    uint8_t kind = request->call->kind;
    bool receives = kind == CALL_RECVFROM || kind == CALL_RECVMSG;
    if (!receives && library_is_open() && call_is_compat(&request->notification.data)) {
        struct access access = access_to_socket("32-bit calls");
        access.error = ENOSYS;
        access.reason = "the guard library, which decides about traffic here, does not see them";
        decide_by_registers(request, policy, &access);
    } else if (kind == CALL_BIND && policy->files.effect != EFFECT_DISABLE) {
        bind_path_judge(request, policy);
    } else {
        answer_continue(request);
    }
}

static void decide_with_copies(const struct request *request, const struct policy *policy) {
    if (request->call->kind == CALL_RECVFROM || request->call->kind == CALL_RECVMSG) {
        receive_decide(request);
    } else if (request->call->kind == CALL_CONNECT) {
        decide_connect(request, policy);
    } else {
        decide_on_descriptor(request, policy);
    }
}

void network_decide(const struct request *request, const struct policy *policy) {
    bool makes_file = request->call->kind == CALL_BIND && policy->files.effect != EFFECT_DISABLE;
    if (policy->network.effect == EFFECT_DISABLE && !makes_file) {
        answer_continue(request);
        return;
    }
    switch ((enum call_kind)request->call->kind) {
    case CALL_SOCKET:
    case CALL_SOCKETPAIR:
        decide_socket(request, policy);
        break;
    case CALL_SOCKETCALL:
        decide_socketcall(request, policy);
        break;
    case CALL_SETSOCKOPT:
        decide_setsockopt(request, policy);
        break;
    default:
        if (descriptor_is_forbidden()) {
            decide_without_copies(request, policy);
        } else {
            decide_with_copies(request, policy);
        }
    }
}
