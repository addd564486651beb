#include "receive.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "descriptor.h"
#include "dns-message.h"
#include "hold.h"
#include "message.h"
#include "patience.h"
#include "redirect.h"
#include "target.h"

static int flags_of(const struct request *request) {
    return (int)request->notification.data.args[request->call->kind == CALL_RECVMSG ? 2 : 3];
}

static bool may_wait(const struct request *request, int socket) {
    return !(flags_of(request) & MSG_DONTWAIT) && !(fcntl(socket, F_GETFL) & O_NONBLOCK);
}

/* Where the thread wants what it receives: as for recvfrom, or as struct msghdr says. Returns 0, or an errno. */
static int read_wishes(const struct request *request, struct window *window, struct message *message) {
    const struct seccomp_data *data = &request->notification.data;
    if (request->call->kind == CALL_RECVMSG) return message_read(window, call_is_compat(data), data->args[1], message);
    uint32_t room = 0;
    if (!target_read(window->thread, data->args[5], &room, sizeof room)) return EFAULT;
    *message = (struct message){
        .window = window, .payload = {data->args[1], data->args[2]}, .name_at = data->args[4], .name_room = room};
    return 0;
}

/* Gives the thread what the resolver sent, as if the name server had. Returns 0, or an errno. */
static int deliver(const struct request *request, const struct message *message, const uint8_t *bytes, size_t length,
                   const struct socket_address *server) {
    const struct seccomp_data *data = &request->notification.data;
    uint32_t room = message->name_at ? message->name_room : 0, named = server->length < room ? server->length : room;
    if (request->call->kind == CALL_RECVFROM) {
        size_t fits = length < message->payload.length ? length : (size_t)message->payload.length;
        const struct target_piece pieces[] = {{message->name_at, &server->any, named},
                                              {message->payload.base, bytes, fits},
                                              {data->args[5], &server->length, sizeof server->length}};
        return target_write_pieces(request->thread, pieces, sizeof pieces / sizeof pieces[0]) ? 0 : EFAULT;
    }
    if (named && !target_write(request->thread, message->name_at, &server->any, named)) return EFAULT;
    if (!message_write_payload(message, bytes, length)) return EFAULT;
    return message_write_head(message, data->args[1], server->length, length) ? 0 : EFAULT;
}

/* Returns whether the request has been answered; else it has to wait. */
static bool try_to_receive(const struct request *request, int socket, const struct socket_address *server) {
    uint8_t bytes[DNS_MOST_UDP];
    int flags = flags_of(request);
    struct message message;
    struct window window;
    struct socket_address from = {.length = sizeof from.room};
    ssize_t length = recvfrom(socket, NULL, 0, MSG_PEEK | MSG_DONTWAIT, &from.any, &from.length);
    if (length < 0 && errno == EAGAIN && may_wait(request, socket)) return false;
    if (length < 0) return answer_refuse(request, errno), true; /* of the socket, which has now been told */
    window_open(&window, request->thread);
    bool is_ours = redirect_is_resolver(&from) && read_wishes(request, &window, &message) == 0;
    if (!is_ours || !answer_is_awaited(request)) return answer_continue(request), true;
    length = recv(socket, bytes, sizeof bytes, (flags & MSG_PEEK) | MSG_DONTWAIT);
    if (length < 0) return answer_refuse(request, errno), true;
    int error = deliver(request, &message, bytes, (size_t)length, server);
    if (error) return answer_refuse(request, error), true;
    int64_t room = message_payload_length(&message);
    return answer_value(request, room < length && !(flags & MSG_TRUNC) ? room : length), true;
}

static bool retry(struct held *held) {
    struct socket_address server;
    if (redirect_find_server(held->socket, &server)) return try_to_receive(&held->request, held->socket, &server);
    return answer_continue(&held->request), true;
}

/* Who has no room for the address of a name server can't miss it: AF_NETLINK, and who passes descriptors. */
static bool may_mind(const struct request *request) {
    const struct seccomp_data *data = &request->notification.data;
    if (!redirect_was_used() || flags_of(request) & MSG_ERRQUEUE) return false;
    return request->call->kind != CALL_RECVMSG ||
           message_name_room(request->thread, call_is_compat(data), data->args[1]) >= sizeof(struct sockaddr_in);
}

void receive_decide(const struct request *request) {
    struct socket_address server;
    int socket = may_mind(request) ? descriptor_copy(request->thread, (int)request->notification.data.args[0]) : -1;
    if (socket < 0) {
        answer_continue(request);
        return;
    }
    if (!redirect_find_server(socket, &server)) {
        answer_continue(request);
    } else if (!try_to_receive(request, socket, &server)) {
        if (hold(request, socket, EPOLLIN, 0, retry, EAGAIN)) return;
        answer_continue(request);
    }
    patience_close(socket);
}
