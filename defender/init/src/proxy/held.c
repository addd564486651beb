#include "held.h"

#include <stdio.h>
#include <sys/mman.h>

#include "failures.h"
#include "http-reframe.h"
#include "waas.h"

enum { ROOM = HELD_MOST + (2 << 20) }; /* a response grows by the failures of its batch */

bool held_make_room(struct end *end, size_t size) {
    if (size <= end->room) return true;
    if (size > ROOM || end->room == ROOM) return false;
    void *room = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED) return false;
    memcpy(room, end->buffer, end->kept);
    end->buffer = room;
    end->room = ROOM;
    return true;
}

/* The content of the held message without its framing. Returns its length, at most that of what it is read from. */
static size_t copy_content(const struct end *end, uint8_t *to) {
    const char *bytes = (const char *)end->buffer;
    struct http_body body;
    http_body_start(&body, &end->head, false);
    size_t length = 0;
    for (size_t at = end->head.length; at < end->read && !body.done;) {
        struct http_part content;
        size_t taken = http_body_take(&body, bytes + at, end->read - at, &content);
        memcpy(to + length, bytes + at + content.at, content.length);
        length += content.length;
        at += taken;
    }
    return length;
}

/* What follows the message in the buffer stays behind it. */
static bool replace_content(struct end *end, struct span content) {
    char head[HTTP_MOST_REFRAMED];
    size_t head_length = http_reframe(&end->head, (char *)end->buffer, content.length, head);
    size_t length = head_length + content.length, rest = end->kept - end->read;
    if (!held_make_room(end, length + rest)) return false;
    memmove(end->buffer + length, end->buffer + end->read, rest);
    memcpy(end->buffer, head, head_length);
    memcpy(end->buffer + head_length, content.bytes, content.length);
    end->read = (uint32_t)length;
    end->kept = (uint32_t)(length + rest);
    return true;
}

/* Writes the request that answers the invocation in the function's stead. */
static void write_report(struct connection *connection, struct span answer, bool is_error) {
    struct end *upstream = &connection->ends[UPSTREAM];
    const struct http_head *next = &connection->ends[CLIENT].head;
    const char *target = connection->next_head + next->target.at;
    const char *last = memmem(target, next->target.length, "next", 4);
    struct http_part host = {0, 0};
    char head[2 * HTTP_MOST_HEAD];
    upstream->kept = 0;
    if (!held_make_room(upstream, sizeof head + answer.length)) answer = span_of("{}");
    http_find_header(next, connection->next_head, "host", &host);
    int length = snprintf(head, sizeof head,
                          "POST %.*s%.*s/%s HTTP/1.1\r\nHost: %.*s\r\nContent-Type: application/json\r\n"
                          "%sContent-Length: %zu\r\n\r\n",
                          (int)(last - target), target, connection->request_id_length, connection->request_id,
                          is_error ? "error" : "response", (int)host.length, connection->next_head + host.at,
                          is_error ? "Lambda-Runtime-Function-Error-Type: Ringfence.Refused\r\n" : "", answer.length);
    memcpy(upstream->buffer, head, (size_t)length);
    memcpy(upstream->buffer + length, answer.bytes, answer.length);
    upstream->touched = true;
    connection->errand_length = (uint32_t)((size_t)length + answer.length);
}

static bool is_encoded(const struct end *end) {
    struct http_part encoding;
    return http_find_header(&end->head, (const char *)end->buffer, "content-encoding", &encoding);
}

static struct waas_judgement judge(const struct connection *connection) {
    const struct end *upstream = &connection->ends[UPSTREAM];
    struct span id = request_id_of(connection);
    if (is_encoded(upstream)) return waas_give_up("has a Content-Encoding", id);
    uint8_t *room = waas_room(upstream->read - upstream->head.length);
    return room ? waas_judge(copy_content(upstream, room), id) : waas_give_up("the engine has no room for", id);
}

/* The function gets a part of the batch. */
static bool replace_event(struct connection *connection, const struct waas_judgement *judgement) {
    bool is_kept = !judgement->failures.length || failures_keep(request_id_of(connection), judgement->failures);
    return is_kept && replace_content(&connection->ends[UPSTREAM], judgement->answer);
}

bool held_judge(struct connection *connection, bool whole) {
    struct waas_judgement judgement =
        whole ? judge(connection) : waas_give_up("is too long to be held", request_id_of(connection));
    if (judgement.decision == ENGINE_REPLACE) {
        if (replace_event(connection, &judgement))
            judgement.decision = ENGINE_PASS;
        else
            judgement = (struct waas_judgement){
                .decision = ENGINE_ERROR,
                .answer =
                    span_of("{\"errorMessage\":\"Ringfence refused records of the event, and had no memory to hand on "
                            "the others\",\"errorType\":\"Ringfence.Refused\"}")};
    }
    bool passes = judgement.decision == ENGINE_PASS;
    if (!passes) write_report(connection, judgement.answer, judgement.decision == ENGINE_ERROR);
    waas_done();
    return passes;
}

void held_merge(struct connection *connection) {
    /* By this the service takes the whole batch as failed, so that nothing is lost. */
    static const char all_failed[] = "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}";
    struct end *client = &connection->ends[CLIENT];
    struct span id = request_id_of(connection), failures = failures_of(id), merged;
    uint8_t *room = waas_room(client->read - client->head.length + failures.length);
    size_t length = room ? copy_content(client, room) : 0;
    if (room) memcpy(room + length, failures.bytes, failures.length);
    if (!room || !waas_merge(length, failures.length, &merged) || !replace_content(client, merged))
        replace_content(client, span_of(all_failed));
    failures_drop(id);
    waas_done();
}
