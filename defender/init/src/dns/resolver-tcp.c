#include "resolver-tcp.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "lookup.h"
#include "memory.h"

enum {
    MOST_CLIENTS = 8,
    IDLE_MS = 5000,
    ACCEPT_AGAIN_MS = 100,
    MOST_BUFFER = (UPSTREAM_PREFIX + DNS_MOST_MESSAGE + MEMORY_PAGE - 1) / MEMORY_PAGE * MEMORY_PAGE
};

enum stage { READING, ASKING, WRITING };

/* Asks one query after the other. */
struct client {
    struct lookup lookup; /* first: what is upstream finds it there */
    struct asker asker;
    struct loop_source socket;
    struct loop_timer timer;
    enum stage stage;
    bool is_open;
    uint32_t moved, length; /* of the message in the buffer, with its prefix */
    uint8_t *buffer;
};

static _Alignas(MEMORY_PAGE) uint8_t buffers[MOST_CLIENTS][MOST_BUFFER];
static struct client clients[MOST_CLIENTS];
static struct loop_source listeners[2];

static struct client *free_client(void) {
    for (int i = 0; i < MOST_CLIENTS; i++)
        if (!clients[i].is_open) return &clients[i];
    return NULL;
}

static void set_accepting(bool is_accepting) {
    for (int i = 0; i < 2; i++)
        if (listeners[i].fd >= 0) loop_change(&listeners[i], is_accepting ? EPOLLIN : 0);
}

static void close_client(struct client *client) {
    if (client->stage == ASKING) upstream_cancel(&client->lookup.upstream);
    loop_disarm(&client->timer);
    loop_remove(&client->socket);
    close(client->socket.fd);
    memory_release(buffers[client - clients]);
    client->is_open = false;
    set_accepting(true);
}

static void begin(struct client *client, enum stage stage, uint32_t length) {
    client->stage = stage;
    client->moved = 0;
    client->length = length;
    loop_change(&client->socket, stage == WRITING ? EPOLLOUT : stage == READING ? EPOLLIN : 0);
    if (stage == ASKING)
        loop_disarm(&client->timer);
    else
        loop_arm(&client->timer, IDLE_MS);
}

static void write_answer(struct client *client, size_t length) {
    dns_put16(client->buffer, (uint16_t)length);
    begin(client, WRITING, UPSTREAM_PREFIX + (uint32_t)length);
}

static void upstream_ended(struct upstream *upstream, uint8_t *answer, size_t length) {
    struct client *client = (struct client *)upstream;
    if (length)
        lookup_accept(&client->lookup, answer, length);
    else
        length = lookup_fail(&client->lookup, client->buffer + UPSTREAM_PREFIX);
    write_answer(client, length);
}

static void take(struct client *client) {
    struct lookup *lookup = &client->lookup;
    uint8_t refusal[DNS_MOST_REFUSAL];
    size_t refusal_length;
    switch (lookup_begin(lookup, client->buffer + UPSTREAM_PREFIX, client->length - UPSTREAM_PREFIX, &client->asker,
                         refusal, &refusal_length)) {
    case LOOKUP_IGNORE:
        close_client(client);
        break;
    case LOOKUP_REFUSE:
        memcpy(client->buffer + UPSTREAM_PREFIX, refusal, refusal_length);
        write_answer(client, refusal_length);
        break;
    case LOOKUP_FORWARD:
        begin(client, ASKING, 0);
        lookup->upstream.query = &lookup->query;
        lookup->upstream.stream = client->buffer;
        lookup->upstream.ended = upstream_ended;
        upstream_ask(&lookup->upstream);
    }
}

static void client_ready(struct loop_source *source, uint32_t events) {
    struct client *client = (struct client *)((char *)source - offsetof(struct client, socket));
    if (client->stage == ASKING || events & EPOLLERR) { /* nothing else is reported while it waits */
        close_client(client);
        return;
    }
    bool is_reading = client->stage == READING;
    uint8_t *at = client->buffer + client->moved;
    ssize_t count = is_reading ? recv(source->fd, at, client->length - client->moved, 0)
                               : send(source->fd, at, client->length - client->moved, MSG_NOSIGNAL);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
        close_client(client);
        return;
    }
    client->moved += (uint32_t)count;
    if (client->moved < client->length) return;
    if (!is_reading)
        begin(client, READING, UPSTREAM_PREFIX);
    else if (client->length == UPSTREAM_PREFIX && dns_get16(client->buffer))
        client->length += dns_get16(client->buffer);
    else
        take(client);
}

static void time_passed(struct loop_timer *timer) {
    close_client((struct client *)((char *)timer - offsetof(struct client, timer)));
}

static void resume_accepting(struct loop_timer *timer) {
    (void)timer;
    set_accepting(true);
}

static struct loop_timer accept_again = {.fire = resume_accepting};

static void client_waits(struct loop_source *source, uint32_t events) {
    (void)events;
    struct client *client = free_client();
    if (!client) {
        set_accepting(false); /* the kernel keeps it waiting meanwhile */
        return;
    }
    struct sockaddr_in6 from; /* large enough for both families, whose port is at the same place */
    socklen_t length = sizeof from;
    int fd = accept4(source->fd, (struct sockaddr *)&from, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0 && errno == EMFILE) { /* it would be told at once again */
        set_accepting(false);
        loop_arm(&accept_again, ACCEPT_AGAIN_MS);
    }
    if (fd < 0) return;
    client->socket = (struct loop_source){.fd = fd, .ready = client_ready};
    client->timer = (struct loop_timer){.fire = time_passed};
    client->asker = (struct asker){"tcp", ntohs(from.sin6_port)};
    client->buffer = buffers[client - clients];
    client->is_open = loop_add(&client->socket, EPOLLIN);
    if (client->is_open)
        begin(client, READING, UPSTREAM_PREFIX);
    else
        close(fd);
}

uint16_t resolver_tcp_open(int family) {
    uint16_t port;
    struct loop_source *source = &listeners[family == AF_INET6];
    *source = (struct loop_source){.fd = address_open_loopback(family, SOCK_STREAM, &port), .ready = client_waits};
    return source->fd >= 0 && loop_add(source, EPOLLIN) ? port : 0;
}
