#include "connection.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "memory.h"

enum {
    MAX_CONNECTIONS = 64,
    LINGER_MS = 2000 /* for the client to read an answer that came before its request had ended */
};

static const struct connection_owner *owner;
static const struct runtime_api *api;
static uint64_t uses;
static struct loop_timer patrol;

static struct connection connections[MAX_CONNECTIONS];
/* Untouched pages cost no memory, and touched ones are given back when an exchange ends. */
_Alignas(MEMORY_PAGE) uint8_t passing[CONNECTION_BUFFER];
bool passing_touched;
static _Alignas(MEMORY_PAGE) uint8_t buffers[MAX_CONNECTIONS][2][CONNECTION_BUFFER];
static _Alignas(MEMORY_PAGE) char next_heads[MAX_CONNECTIONS][HTTP_MOST_HEAD];

void connection_give_back(struct connection *connection) {
    for (enum side side = CLIENT; side <= UPSTREAM; side++) {
        struct end *end = &connection->ends[side];
        uint8_t *own = buffers[connection - connections][side];
        if (end->kept) continue;
        if (end->touched) madvise(own, CONNECTION_BUFFER, MADV_DONTNEED);
        if (end->buffer != own) munmap(end->buffer, end->room);
        end->touched = false;
        end->buffer = own;
        end->room = CONNECTION_BUFFER;
    }
    if (!passing_touched) return;
    madvise(passing + MEMORY_PAGE, CONNECTION_BUFFER - MEMORY_PAGE, MADV_DONTNEED);
    passing_touched = false;
}

void connection_close_end(struct end *end) {
    if (end->source.fd < 0) return;
    loop_remove(&end->source);
    close(end->source.fd);
    end->source.fd = -1;
    end->readable = end->writable = false;
    end->kept = end->read = end->cleared = 0;
    end->holds = false;
}

void connection_close(struct connection *connection) {
    connection_close_end(&connection->ends[CLIENT]);
    connection_close_end(&connection->ends[UPSTREAM]);
    connection_give_back(connection);
    connection->state = UNUSED;
}

void connection_come_again(struct end *end) { loop_change(&end->source, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET); }

void connection_set_deadline(struct connection *connection, uint32_t milliseconds) {
    connection->deadline = loop_now() + milliseconds;
    if (!patrol.due) loop_arm(&patrol, PROXY_PATIENCE_MS / 8);
}

size_t connection_read(struct end *end, uint8_t *bytes, size_t room) {
    ssize_t got = recv(end->source.fd, bytes, room, 0);
    if (got > 0) {
        if ((size_t)got < room) end->readable = end->hung_up;
        return (size_t)got;
    }
    if (got < 0 && errno == EINTR) return 0;
    end->readable = false;
    if (got < 0 && errno == EAGAIN) return 0;
    end->ended = true;
    end->reset = got < 0;
    return 0;
}

uint32_t connection_send(struct end *to, const uint8_t *bytes, uint32_t length) {
    uint32_t done = 0;
    while (done < length && to->writable && !to->broken) {
        ssize_t sent = send(to->source.fd, bytes + done, length - done, MSG_NOSIGNAL);
        if (sent >= 0)
            done += (uint32_t)sent;
        else if (errno == EAGAIN)
            to->writable = false;
        else if (errno != EINTR)
            to->broken = to->readable = true;
    }
    return to->broken ? length : done;
}

static void drain_client(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT];
    for (size_t left = CONNECTION_TURN; client->readable && left;
         left -= left < CONNECTION_BUFFER ? left : CONNECTION_BUFFER)
        passing_touched |= connection_read(client, passing, CONNECTION_BUFFER) > MEMORY_PAGE;
    if (client->ended)
        connection_close(connection);
    else if (client->readable)
        connection_come_again(client);
}

void connection_linger(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT];
    connection_close_end(&connection->ends[UPSTREAM]);
    if (client->ended || shutdown(client->source.fd, SHUT_WR) != 0) {
        connection_close(connection);
        return;
    }
    client->kept = client->read = client->cleared = 0;
    connection->state = LINGERING;
    connection->in_exchange = false;
    connection_give_back(connection);
    connection_set_deadline(connection, LINGER_MS);
    drain_client(connection);
}

bool connection_make_room(void) {
    struct connection *oldest = NULL;
    for (struct connection *connection = connections; connection < connections + MAX_CONNECTIONS; connection++) {
        bool is_idle = connection->state == LINGERING || (connection->state == OPEN && !connection->in_exchange);
        if (is_idle && (!oldest || connection->last_used < oldest->last_used)) oldest = connection;
    }
    if (oldest) connection_close(oldest);
    return oldest;
}

static void note_events(struct end *end, uint32_t events) {
    if (events & EPOLLOUT) end->writable = true;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) end->readable = true;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) end->hung_up = true;
}

static void client_ready(struct loop_source *source, uint32_t events) {
    struct connection *connection =
        (struct connection *)((char *)source - offsetof(struct connection, ends[CLIENT].source));
    note_events(&connection->ends[CLIENT], events);
    if (connection->state == LINGERING)
        drain_client(connection);
    else
        owner->run(connection);
}

static void upstream_ready(struct loop_source *source, uint32_t events) {
    struct connection *connection =
        (struct connection *)((char *)source - offsetof(struct connection, ends[UPSTREAM].source));
    note_events(&connection->ends[UPSTREAM], events);
    if (!(events & (EPOLLERR | EPOLLHUP))) connection->connected = true;
    owner->run(connection);
}

bool connection_reach_upstream(struct connection *connection) {
    struct end *upstream = &connection->ends[UPSTREAM];
    int fd = runtime_api_connect(api);
    if (fd < 0 && errno == EMFILE && connection_make_room()) fd = runtime_api_connect(api);
    if (fd < 0) return false;
    *upstream = (struct end){.source = {.fd = fd, .ready = upstream_ready},
                             .touched = upstream->touched,
                             .buffer = upstream->buffer,
                             .room = upstream->room};
    if (loop_add(&upstream->source, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET)) return true;
    close(fd);
    upstream->source.fd = -1;
    return false;
}

static void look_at_deadlines(struct loop_timer *timer) {
    bool is_needed = false;
    for (struct connection *connection = connections; connection < connections + MAX_CONNECTIONS; connection++) {
        if (connection->state == UNUSED || !connection->deadline) continue;
        if (connection->deadline > loop_now())
            is_needed = true;
        else if (connection->state == LINGERING)
            connection_close(connection);
        else
            owner->timed_out(connection);
    }
    if (is_needed && !timer->due) loop_arm(timer, PROXY_PATIENCE_MS / 8);
}

static struct connection *find_unused(void) {
    for (struct connection *connection = connections; connection < connections + MAX_CONNECTIONS; connection++)
        if (connection->state == UNUSED) return connection;
    return NULL;
}

void connection_take(int fd) {
    struct connection *connection = find_unused();
    if (!connection && connection_make_room()) connection = find_unused();
    if (!connection) {
        close(fd);
        return;
    }
    size_t index = (size_t)(connection - connections);
    *connection = (struct connection){.state = OPEN, .last_used = ++uses, .next_head = next_heads[index]};
    for (enum side side = CLIENT; side <= UPSTREAM; side++) {
        connection->ends[side].buffer = buffers[index][side];
        connection->ends[side].room = CONNECTION_BUFFER;
    }
    connection->ends[CLIENT].source = (struct loop_source){.fd = fd, .ready = client_ready};
    connection->ends[UPSTREAM].source.fd = -1;
    if (!loop_add(&connection->ends[CLIENT].source, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET)) {
        close(fd);
        connection->state = UNUSED;
    }
}

void connection_use(struct connection *connection) { connection->last_used = ++uses; }

void connection_open(const struct connection_owner *given_owner, const struct runtime_api *given_api) {
    owner = given_owner;
    api = given_api;
    patrol.fire = look_at_deadlines;
}
