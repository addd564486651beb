#include "send.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guard.h"
#include "hand-over.h"
#include "hold.h"
#include "memory.h"
#include "message.h"
#include "patience.h"
#include "peer.h"
#include "resolver-udp.h"
#include "target.h"

enum {
    MAX_BATCH = 1024 /* UIO_MAXIOV */,
    CHUNK = 64 * 1024,
    MOST_AT_ONCE = 16 * CHUNK,
    MOST_HANDED_OVER = 16, /* in one call: the resolver's other clients wait meanwhile */
    PLAIN_FLAGS = MSG_NOSIGNAL | MSG_DONTWAIT
};

/* What becomes of one message. */
enum outcome { SENT, FAILED, MUST_WAIT, ANSWERED };

/* One message that is being sent. */
struct sending {
    const struct request *request;
    const struct policy *policy;
    int socket;
    int flags; /* as the thread gave them */
    struct window window;
    bool is_stream;
    uint64_t sent; /* bytes; of datagrams all or nothing */
    unsigned handed_over;
    int error;
};

static _Alignas(MEMORY_PAGE) uint8_t payload[CHUNK];
static _Alignas(MEMORY_PAGE) struct {
    struct control control;
    uint8_t rest[MEMORY_PAGE - sizeof(struct control) % MEMORY_PAGE];
} passing;

void send_release_memory(void) {
    memory_release(payload);
    memory_release(passing);
}

static bool may_wait(const struct sending *at) {
    return !(at->flags & MSG_DONTWAIT) && !(fcntl(at->socket, F_GETFL) & O_NONBLOCK);
}

static enum outcome fail(struct sending *at, int error) {
    at->error = error;
    return FAILED;
}

/* Sends what fits now. A stream takes the payload piece by piece, with the control data in front, and not so much at
 * once that others have to wait for it. */
static enum outcome send_pieces(struct sending *at, const struct message *message, struct msghdr *header) {
    int64_t length = message_payload_length(message);
    if (length < 0) return fail(at, (int)-length);
    if (!at->is_stream && length > CHUNK) return fail(at, EMSGSIZE);
    for (uint64_t before = at->sent;;) {
        if (at->sent - before >= MOST_AT_ONCE) return may_wait(at) ? MUST_WAIT : fail(at, EAGAIN);
        ssize_t part = message_read_payload(message, at->sent, payload, sizeof payload);
        if (part < 0) return fail(at, (int)-part);
        struct iovec piece = {payload, (size_t)part};
        header->msg_iov = &piece;
        header->msg_iovlen = 1;
        bool more = at->sent + (uint64_t)part < (uint64_t)length;
        ssize_t sent = sendmsg(at->socket, header, at->flags | MSG_DONTWAIT | MSG_NOSIGNAL | (more ? MSG_MORE : 0));
        if (sent < 0 && errno == EAGAIN && may_wait(at)) return MUST_WAIT;
        if (sent < 0) return fail(at, errno);
        at->sent += (uint64_t)sent;
        header->msg_control = NULL;
        header->msg_controllen = 0;
        if (!at->is_stream || at->sent >= (uint64_t)length) return SENT;
    }
}

static bool give_to_resolver(struct sending *at, const struct peer *peer, const struct message *message) {
    if (at->is_stream || at->flags & ~PLAIN_FLAGS || at->handed_over == MOST_HANDED_OVER) return false;
    ssize_t length = hand_over(at->socket, &peer->address, message);
    if (length < 0) return false;
    at->handed_over++;
    at->sent = (uint64_t)length;
    return true;
}

/* The message is read and judged anew each time that it is tried, so that nothing needs to be kept of it. */
static enum outcome send_message(struct sending *at, const struct message *message) {
    struct peer peer = {.address = message->name, .handle = -1};
    bool passes = message->control_length && !at->sent;
    struct control *control = passes ? &passing.control : NULL;
    int error = passes ? message_read_control(message, control) : 0;
    enum outcome outcome = ANSWERED;
    if (error) {
        outcome = fail(at, error);
    } else if (!peer.address.length || peer_is_allowed(&peer, at->request, at->policy, at->socket)) {
        struct msghdr header = {.msg_name = peer.address.length ? &peer.address.any : NULL,
                                .msg_namelen = peer.address.length,
                                .msg_control = control && control->length ? control->bytes : NULL,
                                .msg_controllen = control ? (socklen_t)control->length : 0};
        outcome = !answer_is_awaited(at->request)        ? ANSWERED
                  : give_to_resolver(at, &peer, message) ? SENT
                                                         : send_pieces(at, message, &header);
    }
    if (control) control_close(control);
    peer_close(&peer);
    return outcome;
}

static void answer(const struct sending *at, int64_t value) {
    if (value >= 0) {
        answer_value(at->request, value);
        return;
    }
    bool signals = at->error == EPIPE && at->is_stream && !(at->flags & MSG_NOSIGNAL);
    if (signals) syscall(SYS_tkill, at->request->thread, SIGPIPE);
    answer_refuse(at->request, at->error);
}

/* Returns whether the request has been answered. */
static bool conclude(const struct sending *at, enum outcome outcome) {
    if (outcome == MUST_WAIT) return false;
    if (outcome != ANSWERED) answer(at, at->sent || outcome == SENT ? (int64_t)at->sent : -1);
    return true;
}

static bool send_to(struct sending *at) {
    const uint64_t *args = (const uint64_t *)at->request->notification.data.args;
    struct message message = {.window = &at->window, .payload = {args[1], args[2]}};
    int error = socket_address_read_near(&at->window, args[4], (uint32_t)args[5], &message.name);
    return conclude(at, error ? fail(at, error) : send_message(at, &message));
}

static bool send_one(struct sending *at) {
    const struct seccomp_data *data = &at->request->notification.data;
    struct message message;
    int error = message_read(&at->window, call_is_compat(data), data->args[1], &message);
    return conclude(at, error ? fail(at, error) : send_message(at, &message));
}

/* The value is the number of messages sent; an error counts only for the first one, as does waiting. */
static bool send_many(struct sending *at) {
    const struct seccomp_data *data = &at->request->notification.data;
    bool compat = call_is_compat(data);
    uint32_t count = data->args[2] > MAX_BATCH ? MAX_BATCH : (uint32_t)data->args[2], done = 0;
    uint64_t entry = data->args[1];
    enum outcome outcome = SENT;
    for (; done < count && outcome == SENT; entry += message_entry_size(compat)) {
        struct message message;
        int error = message_read(&at->window, compat, entry, &message);
        outcome = error ? fail(at, error) : send_message(at, &message);
        if (outcome == MUST_WAIT && !done) return false;
        if (outcome == ANSWERED) return true;
        if (outcome != SENT && !(at->is_stream && at->sent)) break;
        uint32_t sent = (uint32_t)at->sent;
        target_write(at->request->thread, entry + message_entry_length_at(compat), &sent, sizeof sent);
        at->sent = 0;
        done++;
    }
    answer(at, done || outcome == SENT ? (int64_t)done : -1);
    return true;
}

static bool send_by_kind(struct sending *at) {
    window_open(&at->window, at->request->thread);
    int type = 0;
    socklen_t size = sizeof type;
    if (getsockopt(at->socket, SOL_SOCKET, SO_TYPE, &type, &size) != 0) return answer_refuse(at->request, errno), true;
    at->is_stream = type == SOCK_STREAM;
    switch ((enum call_kind)at->request->call->kind) {
    case CALL_SENDTO:
        return send_to(at);
    case CALL_SENDMSG:
        return send_one(at);
    default:
        return send_many(at);
    }
}

/* Returns whether the request has been answered; else it has to wait. Servers are asked after that: by then the thread
 * waits, too, and does not keep a server on the same processor from answering. */
static bool try_to_send(struct sending *at) {
    bool answered = send_by_kind(at);
    resolver_udp_ask_judged();
    return answered;
}

/* Under the other effects the kernel sends, after all names were told or learned; unless one leads to the resolver. */
static bool only_look(const struct request *request, const struct policy *policy, int socket) {
    const struct seccomp_data *data = &request->notification.data;
    enum call_kind kind = (enum call_kind)request->call->kind;
    bool compat = call_is_compat(data);
    uint32_t count = kind != CALL_SENDMMSG ? 1 : data->args[2] > MAX_BATCH ? MAX_BATCH : (uint32_t)data->args[2];
    struct window window;
    window_open(&window, request->thread);
    for (uint32_t i = 0; i < count; i++) {
        struct message message = {.name = {.length = 0}};
        int error = kind == CALL_SENDTO
                        ? socket_address_read_near(&window, data->args[4], (uint32_t)data->args[5], &message.name)
                        : message_read(&window, compat, data->args[1] + i * message_entry_size(compat), &message);
        if (error || !message.name.length) continue;
        struct peer peer = {.address = message.name};
        peer_is_allowed(&peer, request, policy, socket);
        peer_close(&peer);
        if (peer.redirected) return false;
    }
    answer_continue(request);
    return true;
}

static int flags_of(const struct request *request) {
    return (int)request->notification.data.args[request->call->kind == CALL_SENDMSG ? 2 : 3];
}

static bool retry(struct held *held) {
    struct sending sending = {.request = &held->request,
                              .policy = guard_policy(),
                              .socket = held->socket,
                              .flags = flags_of(&held->request),
                              .sent = held->progress};
    bool answered = try_to_send(&sending);
    held->progress = sending.sent;
    return answered;
}

void send_decide(const struct request *request, const struct policy *policy, int socket) {
    struct sending sending = {.request = request, .policy = policy, .socket = socket, .flags = flags_of(request)};
    if (policy->network.effect != EFFECT_PREVENT && only_look(request, policy, socket)) {
        patience_close(socket);
        return;
    }
    if (sending.flags & MSG_FASTOPEN) {
        answer_refuse(request, EOPNOTSUPP); /* as where it is switched off; callers connect first then */
    } else if (sending.flags & MSG_ZEROCOPY) {
        answer_refuse(request, ENOBUFS); /* as when no more can be under way; callers send without it then */
    } else if (!try_to_send(&sending)) {
        if (hold(request, socket, EPOLLOUT, sending.sent, retry, EAGAIN)) return;
        answer_refuse(request, ENOBUFS);
    }
    patience_close(socket);
}
