#include "upstream.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    ATTEMPTS = 4,      /* over all servers in turn */
    ATTEMPT_MS = 1200, /* 4 of them: below the 5 s after which most resolvers ask again */
    SPENT = 4,
    CODE = 0x0f
};

static const struct name_servers *servers;

/* Sockets that have done their work. Closing one takes as long as opening one did, and the function waits: so it is
 * done while a server thinks, or when nobody asks. */
static int spent[SPENT];
static unsigned spent_count;

void upstream_open(const struct name_servers *found) { servers = found; }

void upstream_close_spent(void) {
    while (spent_count) close(spent[--spent_count]);
}

static void put_aside(int fd) {
    if (spent_count == SPENT) upstream_close_spent();
    spent[spent_count++] = fd;
}

/* Returns a descriptor that is still to be closed, or -1. */
static int stop(struct upstream *at) {
    int fd = at->socket.fd;
    loop_disarm(&at->timer);
    if (fd >= 0) loop_remove(&at->socket);
    at->socket.fd = -1;
    return fd;
}

static void close_socket(struct upstream *at) {
    int fd = stop(at);
    if (fd >= 0) close(fd);
}

void upstream_cancel(struct upstream *at) { close_socket(at); }

static void end(struct upstream *at, uint8_t *answer, size_t length) {
    int fd = stop(at);
    at->ended(at, answer, length);
    if (fd >= 0 && at->stream)
        close(fd);
    else if (fd >= 0)
        put_aside(fd);
}

static void ask_next_server(struct upstream *at);

/* Takes one message from a server. What is not the answer is ignored: somebody may be guessing. */
static void take(struct upstream *at, uint8_t *message, size_t length) {
    size_t question = at->query->question_length;
    if (!dns_is_answer(message, length, at->asked + UPSTREAM_PREFIX, question)) return;
    length = dns_find_end(message, length, question);
    uint8_t code = message[3] & CODE;
    bool is_answer = length && (code == DNS_NO_ERROR || code == DNS_NO_SUCH_NAME);
    if (!is_answer && at->attempt < servers->count)
        ask_next_server(at);
    else
        end(at, message, length);
}

static void take_packet(struct upstream *at) {
    uint8_t packet[DNS_MOST_UDP];
    ssize_t length = recv(at->socket.fd, packet, sizeof packet, MSG_TRUNC);
    if (length >= 0 && (size_t)length <= sizeof packet)
        take(at, packet, (size_t)length);
    else if (length < 0 && errno != EAGAIN && errno != EINTR)
        ask_next_server(at); /* ECONNREFUSED: nobody listens */
}

/* Moves some bytes of the stream, at most up to `end`. Returns false when nothing can be moved any more. */
static bool move(struct upstream *at, uint8_t *bytes, uint32_t limit) {
    ssize_t count = at->is_sent ? recv(at->socket.fd, bytes + at->moved, limit - at->moved, 0)
                                : send(at->socket.fd, bytes + at->moved, limit - at->moved, MSG_NOSIGNAL);
    if (count > 0) at->moved += (uint32_t)count;
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

static void move_stream(struct upstream *at) {
    uint32_t limit = !at->is_sent                  ? at->asked_length
                     : at->moved < UPSTREAM_PREFIX ? UPSTREAM_PREFIX
                                                   : UPSTREAM_PREFIX + (uint32_t)dns_get16(at->stream);
    if (!move(at, at->is_sent ? at->stream : at->asked, limit)) {
        ask_next_server(at);
    } else if (at->moved < limit || limit == UPSTREAM_PREFIX) {
        return;
    } else if (at->is_sent) {
        at->moved = 0;
        take(at, at->stream + UPSTREAM_PREFIX, limit - UPSTREAM_PREFIX);
    } else {
        at->is_sent = true;
        at->moved = 0;
        loop_change(&at->socket, EPOLLIN);
    }
}

static void socket_ready(struct loop_source *source, uint32_t events) {
    (void)events;
    struct upstream *at = (struct upstream *)source; /* its first member */
    if (at->stream)
        move_stream(at);
    else
        take_packet(at);
}

static void time_passed(struct loop_timer *timer) {
    ask_next_server((struct upstream *)((char *)timer - offsetof(struct upstream, timer)));
}

static bool ask(struct upstream *at, const struct address *server) {
    uint16_t id;
    if (getrandom(&id, sizeof id, GRND_NONBLOCK) != sizeof id) return false;
    size_t length = dns_write_query(at->asked + UPSTREAM_PREFIX, id, at->query);
    dns_put16(at->asked, (uint16_t)length);
    at->asked_length = UPSTREAM_PREFIX + (uint32_t)length;
    at->is_sent = !at->stream;
    at->moved = 0;
    at->socket.fd = address_connect(server, DNS_PORT, at->stream ? SOCK_STREAM : SOCK_DGRAM);
    if (at->socket.fd < 0 || !loop_add(&at->socket, at->stream ? EPOLLOUT : EPOLLIN)) return false;
    if (!at->stream && send(at->socket.fd, at->asked + UPSTREAM_PREFIX, length, MSG_NOSIGNAL) < 0) return false;
    upstream_close_spent();
    return true;
}

static void ask_next_server(struct upstream *at) {
    do {
        close_socket(at);
        if (at->attempt == ATTEMPTS) {
            at->ended(at, NULL, 0);
            return;
        }
    } while (!ask(at, &servers->servers[at->attempt++ % servers->count]));
    loop_arm(&at->timer, ATTEMPT_MS);
}

void upstream_ask(struct upstream *at) {
    at->socket = (struct loop_source){.fd = -1, .ready = socket_ready};
    at->timer = (struct loop_timer){.fire = time_passed};
    at->attempt = 0;
    ask_next_server(at);
}
