#include "proxy.h"

#include "address.h"
#include "audit.h"
#include "connection.h"
#include "failures.h"
#include "held.h"
#include "waas.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef PROXY_PATIENCE_MS
#define PROXY_PATIENCE_MS 10000 /* without any progress, while only the Runtime API can make some */
#endif

enum {
    MAX_CONNECTIONS = 64,
    BUFFER = 65536,
    TURN = 262144, /* bytes that one connection may move before others have their turn */
    ACCEPTS_A_TURN = 16,
    ACCEPT_PAUSE_MS = 100,
    LINGER_MS = 2000, /* for the client to read an answer that came before its request had ended */
    PAGE = 4096
};

enum failure { UNREACHABLE, CLOSED_EARLY, TIMED_OUT, MALFORMED, BAD_REQUEST, LONG_REQUEST };

static const struct {
    const char *status, *type, *message;
} failures[] = {
    [UNREACHABLE] = {"502 Bad Gateway", "Unreachable", "The Runtime API cannot be reached"},
    [CLOSED_EARLY] = {"502 Bad Gateway", "Closed",
                      "The Runtime API closed the connection before its response was complete"},
    [TIMED_OUT] = {"504 Gateway Timeout", "Timeout", "The Runtime API does not answer"},
    [MALFORMED] = {"502 Bad Gateway", "Malformed", "The Runtime API sent something that is not HTTP/1.1"},
    [BAD_REQUEST] = {"400 Bad Request", "BadRequest", "The request is not HTTP/1.1"},
    [LONG_REQUEST] = {"431 Request Header Fields Too Large", "BadRequest", "The request's head is longer than 16 KiB"},
};

static struct runtime_api api;
static const struct proxy_hooks *hooks;
static bool is_ready;
static uint8_t told; /* bits by enum failure: audited since the Runtime API last worked */
static uint64_t uses;
static struct loop_source listener = {.fd = -1};
static struct loop_timer accept_again, patrol;

static struct connection connections[MAX_CONNECTIONS];
/* What passes at once goes through `passing`; only what has to wait is kept in a buffer of its own. Untouched pages
 * cost no memory, and touched ones are given back when an exchange ends. */
static _Alignas(PAGE) uint8_t passing[BUFFER];
static _Alignas(PAGE) uint8_t buffers[MAX_CONNECTIONS][2][BUFFER];
static bool passing_touched;
static _Alignas(PAGE) char next_heads[MAX_CONNECTIONS][HTTP_MOST_HEAD];

static void give_back_memory(struct connection *connection) {
    for (enum side side = CLIENT; side <= UPSTREAM; side++) {
        struct end *end = &connection->ends[side];
        uint8_t *own = buffers[connection - connections][side];
        if (end->kept) continue;
        if (end->touched) madvise(own, BUFFER, MADV_DONTNEED);
        if (end->buffer != own) munmap(end->buffer, end->room);
        end->touched = false;
        end->buffer = own;
        end->room = BUFFER;
    }
    if (!passing_touched) return;
    madvise(passing + PAGE, BUFFER - PAGE, MADV_DONTNEED);
    passing_touched = false;
}

static void close_end(struct end *end) {
    if (end->source.fd < 0) return;
    loop_remove(&end->source);
    close(end->source.fd);
    end->source.fd = -1;
    end->readable = end->writable = false;
    end->kept = end->read = end->cleared = 0;
    end->holds = false;
}

static void close_connection(struct connection *connection) {
    close_end(&connection->ends[CLIENT]);
    close_end(&connection->ends[UPSTREAM]);
    give_back_memory(connection);
    connection->state = UNUSED;
}

/* The kernel reports what is ready now once more, after the others had their turn. */
static void come_again(struct end *end) { loop_change(&end->source, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET); }

static void set_deadline(struct connection *connection, uint32_t milliseconds) {
    connection->deadline = loop_now() + milliseconds;
    if (!patrol.due) loop_arm(&patrol, PROXY_PATIENCE_MS / 8);
}

/* One read into `bytes`; 0 when nothing is to be had now. */
static size_t read_end(struct end *end, uint8_t *bytes, size_t room) {
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

static void drain_client(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT];
    for (size_t left = TURN; client->readable && left; left -= left < BUFFER ? left : BUFFER)
        passing_touched |= read_end(client, passing, BUFFER) > PAGE;
    if (client->ended)
        close_connection(connection);
    else if (client->readable)
        come_again(client);
}

/* Closing a socket with unread bytes resets it, and the client would lose the answer: let it finish first. */
static void linger(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT];
    close_end(&connection->ends[UPSTREAM]);
    if (client->ended || shutdown(client->source.fd, SHUT_WR) != 0) {
        close_connection(connection);
        return;
    }
    client->kept = client->read = client->cleared = 0;
    connection->state = LINGERING;
    connection->in_exchange = false;
    give_back_memory(connection);
    set_deadline(connection, LINGER_MS);
    drain_client(connection);
}

static void answer_failure(const struct connection *connection, enum failure failure) {
    char body[192], answer[512];
    int length = snprintf(body, sizeof body, "{\"errorMessage\":\"%s\",\"errorType\":\"Ringfence.RuntimeApi%s\"}",
                          failures[failure].message, failures[failure].type);
    length =
        snprintf(answer, sizeof answer,
                 "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
                 failures[failure].status, length, connection->is_head_request ? "" : body);
    /* The client took every byte so far, so that this little fits its socket; if not, it is left with a closed one. */
    (void)!send(connection->ends[CLIENT].source.fd, answer, (size_t)length, MSG_NOSIGNAL);
}

static void tell_failure(enum failure failure) {
    if (failure >= BAD_REQUEST || told & 1 << failure) return;
    told |= (uint8_t)(1 << failure);
    audit_defender(failures[failure].message);
}

/* Ends the connection; with an answer if the client has seen nothing of the real one. Always false. */
static bool fail(struct connection *connection, enum failure failure) {
    struct end *upstream = &connection->ends[UPSTREAM];
    tell_failure(failure);
    if (!connection->in_exchange && failure < BAD_REQUEST) {
        close_connection(connection);
        return false;
    }
    if (!connection->answered && !upstream->cleared) {
        answer_failure(connection, failure);
    } else if (upstream->body.framing == HTTP_UNTIL_CLOSE) {
        /* Here an orderly end would look like the end of the response. */
        struct linger abort_it = {.l_onoff = 1};
        setsockopt(connection->ends[CLIENT].source.fd, SOL_SOCKET, SO_LINGER, &abort_it, sizeof abort_it);
        close_connection(connection);
        return false;
    }
    linger(connection);
    return false;
}

static void upstream_ready(struct loop_source *source, uint32_t events);

static bool close_oldest_idle(void) {
    struct connection *oldest = NULL;
    for (struct connection *connection = connections; connection < connections + MAX_CONNECTIONS; connection++) {
        bool is_idle = connection->state == LINGERING || (connection->state == OPEN && !connection->in_exchange);
        if (is_idle && (!oldest || connection->last_used < oldest->last_used)) oldest = connection;
    }
    if (oldest) close_connection(oldest);
    return oldest;
}

static bool connect_upstream(struct connection *connection) {
    struct end *upstream = &connection->ends[UPSTREAM];
    int fd = runtime_api_connect(&api);
    if (fd < 0 && errno == EMFILE && close_oldest_idle()) fd = runtime_api_connect(&api);
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

static void save_request_id(struct connection *connection, const char *id, size_t length) {
    if (length > MAX_REQUEST_ID) length = MAX_REQUEST_ID;
    memcpy(connection->request_id, id, length);
    connection->request_id_length = (uint8_t)length;
}

/* What a held response needs to be whole: a client that waits for a 100 is told to go on. */
static void hold_response(struct connection *connection) {
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct end *client = &connection->ends[CLIENT];
    client->holds = true;
    if (connection->awaits_continue) (void)!send(client->source.fd, go_on, sizeof go_on - 1, MSG_NOSIGNAL);
    connection->awaits_continue = false;
}

static bool begin_exchange(struct connection *connection, const char *bytes) {
    const struct http_head *head = &connection->ends[CLIENT].head;
    struct http_part id = {0};
    bool is_asterisk = head->target.length == 1 && bytes[head->target.at] == '*';
    if (bytes[head->target.at] != '/' && !is_asterisk) return fail(connection, BAD_REQUEST);
    connection->call = runtime_api_call(head, bytes, &id);
    connection->ends_invocation = connection->call == CALL_INVOCATION_END;
    if (connection->ends_invocation) save_request_id(connection, bytes + id.at, id.length);
    /* Kept also where events are not judged: they may be by the time that this one comes. */
    connection->next_length = connection->call == CALL_INVOCATION_NEXT ? head->length : 0;
    memcpy(connection->next_head, bytes, connection->next_length);
    if (!is_ready && (connection->call == CALL_INVOCATION_NEXT || connection->call == CALL_RESTORE_NEXT)) {
        is_ready = true;
        if (hooks->runtime_ready) hooks->runtime_ready();
    }
    connection->in_exchange = true;
    connection->is_head_request = head->method.length == 4 && memcmp(bytes, "HEAD", 4) == 0;
    connection->awaits_continue = head->expects_continue;
    if (connection->ends[UPSTREAM].source.fd < 0 && !connect_upstream(connection)) return fail(connection, UNREACHABLE);
    http_head_start(&connection->ends[UPSTREAM].head, true);
    if (connection->ends_invocation && failures_of(request_id_of(connection)).length) {
        if (bytes[id.at + id.length + 1] == 'r') /* …/response, not …/error, which fails the whole batch */
            hold_response(connection);
        else
            failures_drop(request_id_of(connection));
    }
    return true;
}

static void read_body(struct connection *connection, struct end *end, const char *bytes, size_t length) {
    end->read += (uint32_t)http_body_skip(&end->body, bytes, length);
    connection->awaits_continue = false;
    if (end->body.done) end->phase = COMPLETE;
}

/* Reads what is to go to the Runtime API; what follows the request waits until this one is answered. */
static bool examine_requests(struct connection *connection, const char *bytes, uint32_t have) {
    struct end *client = &connection->ends[CLIENT];
    while (client->read < have && client->phase != COMPLETE) {
        const char *next = bytes + client->read;
        if (client->phase == IN_HEAD) {
            enum http_progress progress = http_head_read(&client->head, next, have - client->read);
            if (progress == HTTP_MORE) return true;
            if (progress != HTTP_COMPLETE)
                return fail(connection, progress == HTTP_TOO_LONG ? LONG_REQUEST : BAD_REQUEST);
            if (!begin_exchange(connection, next)) return false;
            client->read += client->head.length;
            http_body_start(&client->body, &client->head, false);
            client->phase = client->body.done ? COMPLETE : IN_BODY;
        } else {
            read_body(connection, client, next, have - client->read);
            if (client->body.malformed) return fail(connection, BAD_REQUEST);
        }
    }
    return true;
}

static bool says_close(const struct http_head *head, const char *bytes) {
    struct http_part value;
    bool is_given = http_find_header(head, bytes, "connection", &value);
    return head->minor_version == 0 ||
           (is_given && value.length == 5 && strncasecmp(bytes + value.at, "close", 5) == 0);
}

static void begin_response(struct connection *connection, const char *bytes) {
    struct end *upstream = &connection->ends[UPSTREAM];
    struct http_part id;
    if (connection->call == CALL_INVOCATION_NEXT && connection->errand == NO_ERRAND && upstream->head.status < 300 &&
        http_find_header(&upstream->head, bytes, "lambda-runtime-aws-request-id", &id)) {
        save_request_id(connection, bytes + id.at, id.length);
        if (hooks->invocation_started) hooks->invocation_started(connection->request_id, connection->request_id_length);
        upstream->holds = waas_is_on();
    }
    connection->answered = connection->errand == NO_ERRAND && !upstream->holds;
    upstream->closes = !connection->answered && says_close(&upstream->head, bytes);
    http_body_start(&upstream->body, &upstream->head, connection->is_head_request);
    upstream->phase = upstream->body.done ? COMPLETE : IN_BODY;
}

/* Reads what is to go to the client. */
static bool examine_responses(struct connection *connection, const char *bytes, uint32_t have) {
    struct end *upstream = &connection->ends[UPSTREAM];
    if (!connection->in_exchange && have) return fail(connection, MALFORMED);
    while (upstream->read < have && upstream->phase != COMPLETE) {
        const char *next = bytes + upstream->read;
        if (upstream->phase == IN_HEAD) {
            enum http_progress progress = http_head_read(&upstream->head, next, have - upstream->read);
            if (progress == HTTP_MORE) return true;
            if (progress != HTTP_COMPLETE || upstream->head.status == 101) return fail(connection, MALFORMED);
            uint32_t length = upstream->head.length;
            connection->awaits_continue = false;
            if (upstream->head.status < 200)
                http_head_start(&upstream->head, true);
            else
                begin_response(connection, next);
            upstream->read += length;
        } else {
            read_body(connection, upstream, next, have - upstream->read);
            if (upstream->body.malformed) return fail(connection, MALFORMED);
        }
    }
    return true;
}

/* How many of the bytes went; all of them, unread, when the other side takes no more. */
static uint32_t send_some(struct end *to, const uint8_t *bytes, uint32_t length) {
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

static bool client_ended(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT], *upstream = &connection->ends[UPSTREAM];
    if (client->reset || !connection->in_exchange) {
        close_connection(connection);
        return false;
    }
    bool is_waiting = client->phase == COMPLETE && client->kept;
    if (!is_waiting && !upstream->shut) {
        shutdown(upstream->source.fd, SHUT_WR);
        upstream->shut = true;
    }
    return true;
}

static bool upstream_ended(struct connection *connection) {
    struct end *upstream = &connection->ends[UPSTREAM];
    bool is_whole = upstream->phase == IN_BODY && upstream->body.framing == HTTP_UNTIL_CLOSE && !upstream->reset;
    if (connection->in_exchange && is_whole) upstream->phase = COMPLETE;
    if (upstream->phase == COMPLETE && (upstream->holds || connection->errand == REPORTS)) return true;
    if (connection->in_exchange && upstream->phase != COMPLETE && upstream->shut) {
        close_connection(connection); /* the client went away first, so this is no failure of the Runtime API */
        return false;
    }
    if (connection->in_exchange && upstream->phase != COMPLETE)
        return fail(connection, connection->connected ? CLOSED_EARLY : UNREACHABLE);
    linger(connection);
    return false;
}

/* Keeps what was not sent. The rest of a large message stays where it lies. */
static void keep(struct end *end, uint8_t *bytes, uint32_t length) {
    end->kept = length;
    end->start = length > BUFFER ? (uint32_t)(bytes - end->buffer) : 0;
    if (!length || end->start) return;
    memmove(end->buffer, bytes, length);
    end->touched = true;
}

/* A held message that is as long as one may be. */
static bool is_full(struct end *end) {
    return end->kept >= HELD_MOST || (end->kept == end->room && !held_make_room(end, HELD_MOST));
}

/* Reads from one side and writes to the other until one of them blocks or the turn is over; false when the connection
 * has ended. */
static bool relay(struct connection *connection, enum side side, size_t *turn) {
    struct end *from = &connection->ends[side], *to = &connection->ends[!side];
    for (;;) {
        if (from->holds && is_full(from)) return true;
        uint8_t *bytes = from->buffer + from->start;
        uint32_t have = from->kept, most = from->holds && from->room > HELD_MOST ? HELD_MOST : BUFFER;
        if (!from->cleared && from->readable && !from->ended && have < most && *turn) {
            if (!have) bytes = passing;
            size_t got = read_end(from, bytes + have, most - have);
            have += (uint32_t)got;
            connection->moved |= from->holds && got;
            *turn -= got < *turn ? got : *turn;
            if (bytes != passing)
                from->touched = true;
            else
                passing_touched |= got > PAGE;
        }
        bool is_fine = side == CLIENT ? examine_requests(connection, (char *)bytes, have)
                                      : examine_responses(connection, (char *)bytes, have);
        if (!is_fine) return false;
        if (!from->holds) from->cleared = from->read;
        bool is_dropped = side == UPSTREAM && connection->errand == REPORTS;
        uint32_t sent = is_dropped ? from->cleared : from->cleared ? send_some(to, bytes, from->cleared) : 0;
        if (to->broken && side == UPSTREAM) {
            close_connection(connection);
            return false;
        }
        if (sent) connection->moved = true;
        from->cleared -= sent;
        from->read -= sent;
        if (sent || bytes == passing)
            keep(from, bytes + sent, have - sent);
        else
            from->kept = have;
        if (from->ended && !from->cleared)
            return side == CLIENT ? client_ended(connection) : upstream_ended(connection);
        bool has_room = from->holds ? !is_full(from) : from->kept < BUFFER;
        bool may_read = from->readable && !from->ended && has_room && *turn;
        if (from->cleared || !may_read) return true;
    }
}

/* False when the connection has ended with the exchange. */
static bool end_exchange(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT], *upstream = &connection->ends[UPSTREAM];
    connection->in_exchange = connection->answered = connection->is_head_request = false;
    client->phase = upstream->phase = IN_HEAD;
    http_head_start(&client->head, false);
    give_back_memory(connection);
    if (upstream->kept) return fail(connection, MALFORMED);
    told = 0;
    if (upstream->broken || upstream->shut) {
        linger(connection);
        return false;
    }
    return true;
}

static bool waits_for_upstream(const struct connection *connection) {
    const struct end *client = &connection->ends[CLIENT], *upstream = &connection->ends[UPSTREAM];
    if (!connection->in_exchange || upstream->cleared) return false;
    if (client->cleared || connection->errand != NO_ERRAND) return true;
    if (client->phase != COMPLETE && !connection->awaits_continue) return false;
    bool may_take_for_ever = connection->call == CALL_INVOCATION_NEXT || connection->call == CALL_RESTORE_NEXT ||
                             connection->call == CALL_EXTENSION_NEXT;
    return !may_take_for_ever || upstream->phase != IN_HEAD || upstream->kept;
}

static void keep_time(struct connection *connection) {
    if (!waits_for_upstream(connection))
        connection->deadline = 0;
    else if (!connection->deadline || connection->moved)
        set_deadline(connection, PROXY_PATIENCE_MS);
    connection->moved = false;
}

/* Lets the init ask something of the Runtime API, for which the bytes lie in the upstream's buffer; over a new
 * connection where the present one is over. */
static bool begin_errand(struct connection *connection, enum errand errand) {
    struct end *upstream = &connection->ends[UPSTREAM];
    connection->errand = errand;
    connection->errand_sent = 0;
    if (upstream->ended || upstream->hung_up || upstream->closes || upstream->shut || upstream->broken)
        close_end(upstream);
    if (upstream->source.fd < 0 && !connect_upstream(connection)) return fail(connection, UNREACHABLE);
    upstream->kept = upstream->read = upstream->cleared = 0;
    upstream->holds = false;
    upstream->phase = IN_HEAD;
    http_head_start(&upstream->head, true);
    return true;
}

/* The Runtime API took the answer to an event that was refused: asks for the next one, as the runtime did. */
static bool ask_again(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT], *upstream = &connection->ends[UPSTREAM];
    if (upstream->head.status >= 300)
        audit_defender("The Runtime API did not take the answer to an event that was refused");
    if (hooks->invocation_ended) hooks->invocation_ended(connection->request_id, connection->request_id_length);
    if (client->ended) {
        close_connection(connection);
        return false;
    }
    memcpy(upstream->buffer, connection->next_head, connection->next_length);
    upstream->touched = true;
    connection->errand_length = connection->next_length;
    return begin_errand(connection, ASKS);
}

/* False when the connection has ended, or has to wait until more can be sent. */
static bool send_errand(struct connection *connection) {
    struct end *upstream = &connection->ends[UPSTREAM];
    uint32_t left = connection->errand_length - connection->errand_sent;
    connection->errand_sent += send_some(upstream, upstream->buffer + connection->errand_sent, left);
    if (upstream->broken) return fail(connection, CLOSED_EARLY);
    if (connection->errand_sent < connection->errand_length) {
        keep_time(connection);
        return false;
    }
    if (connection->errand == ASKS) connection->errand = NO_ERRAND;
    return true;
}

/* Decides on an event that is held, as far as it goes. False when the connection has ended. */
static bool decide_on_event(struct connection *connection) {
    struct end *upstream = &connection->ends[UPSTREAM];
    bool is_whole = upstream->phase == COMPLETE;
    if (!held_judge(connection, is_whole)) {
        if (!is_whole) upstream->closes = true; /* what is left of it is not waited for */
        return begin_errand(connection, REPORTS);
    }
    upstream->holds = false;
    upstream->cleared = upstream->read;
    connection->answered = true;
    return true;
}

static bool is_held(struct end *end) { return end->holds && !end->cleared && (end->phase == COMPLETE || is_full(end)); }

static void run(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT], *upstream = &connection->ends[UPSTREAM];
    size_t turn = TURN;
    bool goes_on;
    connection->last_used = ++uses;
    do {
        if (connection->errand_sent < connection->errand_length && !send_errand(connection)) return;
        if (!relay(connection, CLIENT, &turn)) return;
        if (is_held(client)) {
            if (client->phase == COMPLETE) held_merge(connection);
            client->holds = false;
            if (!relay(connection, CLIENT, &turn)) return;
        }
        bool is_sent = client->phase == COMPLETE && !client->cleared;
        if (is_sent && connection->ends_invocation && !upstream->broken) {
            connection->ends_invocation = false;
            if (hooks->invocation_ended) hooks->invocation_ended(connection->request_id, connection->request_id_length);
        }
        if (upstream->source.fd >= 0 && !relay(connection, UPSTREAM, &turn)) return;
        bool reports = connection->errand == REPORTS, has_ended = upstream->phase == COMPLETE && !upstream->cleared;
        if (is_held(upstream)) {
            if (!decide_on_event(connection)) return;
            goes_on = true;
        } else if (reports && has_ended) {
            if (!ask_again(connection)) return;
            goes_on = true;
        } else {
            has_ended = has_ended && connection->in_exchange && is_sent;
            if (has_ended && !end_exchange(connection)) return;
            goes_on = has_ended && (client->kept || client->ended);
        }
    } while (goes_on);
    keep_time(connection);
    if (turn) return;
    if (client->readable && !client->cleared) come_again(client);
    if (upstream->readable && !upstream->cleared) come_again(upstream);
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
        run(connection);
}

static void upstream_ready(struct loop_source *source, uint32_t events) {
    struct connection *connection =
        (struct connection *)((char *)source - offsetof(struct connection, ends[UPSTREAM].source));
    note_events(&connection->ends[UPSTREAM], events);
    if (!(events & (EPOLLERR | EPOLLHUP))) connection->connected = true;
    run(connection);
}

static void look_at_deadlines(struct loop_timer *timer) {
    bool is_needed = false;
    for (struct connection *connection = connections; connection < connections + MAX_CONNECTIONS; connection++) {
        if (connection->state == UNUSED || !connection->deadline) continue;
        if (connection->deadline > loop_now())
            is_needed = true;
        else if (connection->state == LINGERING)
            close_connection(connection);
        else
            fail(connection, TIMED_OUT);
    }
    if (is_needed && !timer->due) loop_arm(timer, PROXY_PATIENCE_MS / 8);
}

static struct connection *find_unused(void) {
    for (struct connection *connection = connections; connection < connections + MAX_CONNECTIONS; connection++)
        if (connection->state == UNUSED) return connection;
    return NULL;
}

static void take_client(int fd) {
    struct connection *connection = find_unused();
    if (!connection && close_oldest_idle()) connection = find_unused();
    if (!connection) {
        close(fd);
        return;
    }
    size_t index = (size_t)(connection - connections);
    *connection = (struct connection){.state = OPEN, .last_used = ++uses, .next_head = next_heads[index]};
    for (enum side side = CLIENT; side <= UPSTREAM; side++) {
        connection->ends[side].buffer = buffers[index][side];
        connection->ends[side].room = BUFFER;
    }
    connection->ends[CLIENT].source = (struct loop_source){.fd = fd, .ready = client_ready};
    connection->ends[UPSTREAM].source.fd = -1;
    if (!loop_add(&connection->ends[CLIENT].source, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET)) {
        close(fd);
        connection->state = UNUSED;
    }
}

static void resume_accepting(struct loop_timer *timer) {
    (void)timer;
    loop_change(&listener, EPOLLIN);
}

static void listener_ready(struct loop_source *source, uint32_t events) {
    (void)events;
    for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        int fd = accept4(source->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            take_client(fd);
        } else if (errno == EAGAIN) {
            return;
        } else if (errno != EINTR && errno != ECONNABORTED && !(errno == EMFILE && close_oldest_idle())) {
            loop_change(&listener, 0);
            loop_arm(&accept_again, ACCEPT_PAUSE_MS);
            return;
        }
    }
}

bool proxy_open(const char *upstream, const struct proxy_hooks *given_hooks, char address[static 32]) {
    if (!runtime_api_parse(&api, upstream)) return false;
    uint16_t port;
    int fd = address_open_loopback(AF_INET, SOCK_STREAM, &port);
    if (fd < 0) return false;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* accepted sockets inherit it */
    listener = (struct loop_source){.fd = fd, .ready = listener_ready};
    if (!loop_add(&listener, EPOLLIN)) {
        close(fd);
        return false;
    }
    hooks = given_hooks;
    accept_again.fire = resume_accepting;
    patrol.fire = look_at_deadlines;
    snprintf(address, 32, "127.0.0.1:%u", port);
    return true;
}
