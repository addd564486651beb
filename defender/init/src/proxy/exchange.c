#include "exchange.h"

#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "failures.h"
#include "waas.h"

static const struct proxy_hooks *hooks;
static bool is_ready;

void exchange_open(const struct proxy_hooks *given_hooks) { hooks = given_hooks; }

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

static enum failure begin_exchange(struct connection *connection, const char *bytes) {
    const struct http_head *head = &connection->ends[CLIENT].head;
    struct http_part id = {0};
    bool is_asterisk = head->target.length == 1 && bytes[head->target.at] == '*';
    if (bytes[head->target.at] != '/' && !is_asterisk) return BAD_REQUEST;
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
    if (connection->ends[UPSTREAM].source.fd < 0 && !connection_reach_upstream(connection)) return UNREACHABLE;
    http_head_start(&connection->ends[UPSTREAM].head, true);
    if (connection->ends_invocation && failures_of(request_id_of(connection)).length) {
        if (bytes[id.at + id.length + 1] == 'r') /* …/response, not …/error, which fails the whole batch */
            hold_response(connection);
        else
            failures_drop(request_id_of(connection));
    }
    return NO_FAILURE;
}

static void read_body(struct connection *connection, struct end *end, const char *bytes, size_t length) {
    end->read += (uint32_t)http_body_skip(&end->body, bytes, length);
    connection->awaits_continue = false;
    if (end->body.done) end->phase = COMPLETE;
}

enum failure exchange_read_requests(struct connection *connection, const char *bytes, uint32_t have) {
    struct end *client = &connection->ends[CLIENT];
    while (client->read < have && client->phase != COMPLETE) {
        const char *next = bytes + client->read;
        if (client->phase == IN_HEAD) {
            enum http_progress progress = http_head_read(&client->head, next, have - client->read);
            if (progress == HTTP_MORE) return NO_FAILURE;
            if (progress != HTTP_COMPLETE) return progress == HTTP_TOO_LONG ? LONG_REQUEST : BAD_REQUEST;
            enum failure failure = begin_exchange(connection, next);
            if (failure) return failure;
            client->read += client->head.length;
            http_body_start(&client->body, &client->head, false);
            client->phase = client->body.done ? COMPLETE : IN_BODY;
        } else {
            read_body(connection, client, next, have - client->read);
            if (client->body.malformed) return BAD_REQUEST;
        }
    }
    return NO_FAILURE;
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

enum failure exchange_read_responses(struct connection *connection, const char *bytes, uint32_t have) {
    struct end *upstream = &connection->ends[UPSTREAM];
    if (!connection->in_exchange && have) return MALFORMED;
    while (upstream->read < have && upstream->phase != COMPLETE) {
        const char *next = bytes + upstream->read;
        if (upstream->phase == IN_HEAD) {
            enum http_progress progress = http_head_read(&upstream->head, next, have - upstream->read);
            if (progress == HTTP_MORE) return NO_FAILURE;
            if (progress != HTTP_COMPLETE || upstream->head.status == 101) return MALFORMED;
            uint32_t length = upstream->head.length;
            connection->awaits_continue = false;
            if (upstream->head.status < 200)
                http_head_start(&upstream->head, true);
            else
                begin_response(connection, next);
            upstream->read += length;
        } else {
            read_body(connection, upstream, next, have - upstream->read);
            if (upstream->body.malformed) return MALFORMED;
        }
    }
    return NO_FAILURE;
}

void exchange_end_invocation(const struct connection *connection) {
    if (hooks->invocation_ended) hooks->invocation_ended(connection->request_id, connection->request_id_length);
}
