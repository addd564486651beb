#include "relay.h"

#include <string.h>
#include <sys/socket.h>

#include "audit.h"
#include "exchange.h"
#include "held.h"
#include "memory.h"
#include "own-answer.h"

/* Ends the connection; with an answer if the client has seen nothing of the real one. Always false. */
static bool fail(struct connection *connection, enum failure failure) {
    struct end *upstream = &connection->ends[UPSTREAM];
    own_answer_tell(failure);
    if (!connection->in_exchange && failure < BAD_REQUEST) {
        connection_close(connection);
        return false;
    }
    if (!connection->answered && !upstream->cleared) {
        own_answer_send(connection->ends[CLIENT].source.fd, failure, connection->is_head_request);
    } else if (upstream->body.framing == HTTP_UNTIL_CLOSE) {
        /* Here an orderly end would look like the end of the response. */
        struct linger abort_it = {.l_onoff = 1};
        setsockopt(connection->ends[CLIENT].source.fd, SOL_SOCKET, SO_LINGER, &abort_it, sizeof abort_it);
        connection_close(connection);
        return false;
    }
    connection_linger(connection);
    return false;
}

static bool client_ended(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT], *upstream = &connection->ends[UPSTREAM];
    if (client->reset || !connection->in_exchange) {
        connection_close(connection);
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
        connection_close(connection); /* the client went away first, so this is no failure of the Runtime API */
        return false;
    }
    if (connection->in_exchange && upstream->phase != COMPLETE)
        return fail(connection, connection->connected ? CLOSED_EARLY : UNREACHABLE);
    if (connection->in_exchange) own_answer_forget();
    connection_linger(connection);
    return false;
}

/* Keeps what was not sent. The rest of a large message stays where it lies. */
static void keep(struct end *end, uint8_t *bytes, uint32_t length) {
    end->kept = length;
    end->start = length > CONNECTION_BUFFER ? (uint32_t)(bytes - end->buffer) : 0;
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
        uint32_t have = from->kept, most = from->holds && from->room > HELD_MOST ? HELD_MOST : CONNECTION_BUFFER;
        if (!from->cleared && from->readable && !from->ended && have < most && *turn) {
            if (!have) bytes = passing;
            size_t got = connection_read(from, bytes + have, most - have);
            have += (uint32_t)got;
            connection->moved |= from->holds && got;
            *turn -= got < *turn ? got : *turn;
            if (bytes != passing)
                from->touched = true;
            else
                passing_touched |= got > MEMORY_PAGE;
        }
        enum failure failure = side == CLIENT ? exchange_read_requests(connection, (char *)bytes, have)
                                              : exchange_read_responses(connection, (char *)bytes, have);
        if (failure) return fail(connection, failure);
        if (!from->holds) from->cleared = from->read;
        bool is_dropped = side == UPSTREAM && connection->errand == REPORTS;
        uint32_t sent = is_dropped ? from->cleared : from->cleared ? connection_send(to, bytes, from->cleared) : 0;
        if (to->broken && side == UPSTREAM) {
            connection_close(connection);
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
        bool has_room = from->holds ? !is_full(from) : from->kept < CONNECTION_BUFFER;
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
    connection_give_back(connection);
    if (upstream->kept) return fail(connection, MALFORMED);
    own_answer_forget();
    if (upstream->broken || upstream->shut) {
        connection_linger(connection);
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
        connection_set_deadline(connection, PROXY_PATIENCE_MS);
    connection->moved = false;
}

/* Lets the init ask something of the Runtime API, for which the bytes lie in the upstream's buffer; over a new
 * connection where the present one is over. */
static bool begin_errand(struct connection *connection, enum errand errand) {
    struct end *upstream = &connection->ends[UPSTREAM];
    connection->errand = errand;
    connection->errand_sent = 0;
    if (upstream->ended || upstream->hung_up || upstream->closes || upstream->shut || upstream->broken)
        connection_close_end(upstream);
    if (upstream->source.fd < 0 && !connection_reach_upstream(connection)) return fail(connection, UNREACHABLE);
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
    exchange_end_invocation(connection);
    if (client->ended) {
        connection_close(connection);
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
    connection->errand_sent += connection_send(upstream, upstream->buffer + connection->errand_sent, left);
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

void relay_run(struct connection *connection) {
    struct end *client = &connection->ends[CLIENT], *upstream = &connection->ends[UPSTREAM];
    size_t turn = CONNECTION_TURN;
    bool goes_on;
    connection_use(connection);
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
            exchange_end_invocation(connection);
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
    if (client->readable && !client->cleared) connection_come_again(client);
    if (upstream->readable && !upstream->cleared) connection_come_again(upstream);
}

void relay_time_out(struct connection *connection) { fail(connection, TIMED_OUT); }
