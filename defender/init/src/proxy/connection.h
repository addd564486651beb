/* A connection of the runtime to the proxy, and the proxy's to the Runtime API: their sockets and memory. */
#ifndef RINGFENCE_CONNECTION_H
#define RINGFENCE_CONNECTION_H

#include "http.h"
#include "loop.h"
#include "runtime-api.h"
#include "span.h"

#ifndef PROXY_PATIENCE_MS
#define PROXY_PATIENCE_MS 10000 /* without any progress, while only the Runtime API can make some */
#endif

enum {
    MAX_REQUEST_ID = 64,
    CONNECTION_BUFFER = 65536,
    CONNECTION_TURN = 262144 /* bytes that one connection may move before others have their turn */
};

enum side { CLIENT, UPSTREAM };
enum phase { IN_HEAD, IN_BODY, COMPLETE };
enum state { UNUSED, OPEN, LINGERING };

/* One of the two sockets of a connection, and the messages that come out of it. Edge-triggered: epoll is told once what
 * interests us, and `readable` and `writable` remember what it said until a call contradicts. */
struct end {
    struct loop_source source; /* fd -1: no socket */
    bool readable, writable;
    bool hung_up;      /* the end of the stream is near: read until it shows */
    bool ended, reset; /* the end was read */
    bool shut, broken; /* it was told that no more comes; it takes no more */
    bool closes;       /* after its present message, as far as the init itself would have another */
    bool touched;      /* its own buffer holds memory */
    bool holds;        /* its present message is not forwarded before it is whole and was judged */
    enum phase phase;
    uint32_t kept;    /* bytes in its buffer */
    uint32_t read;    /* of the bytes at hand, those that were read as HTTP */
    uint32_t cleared; /* of these, those that may be forwarded */
    uint8_t *buffer;
    uint32_t room;  /* bytes of the buffer */
    uint32_t start; /* where in it the kept bytes begin; 0 unless the most of a large message was sent */
    struct http_head head;
    struct http_body body;
};

/* What the init itself asks of the Runtime API, in place of the runtime, which waits for its next event. */
enum errand { NO_ERRAND, REPORTS, ASKS };

struct connection {
    struct end ends[2];
    enum state state;
    bool in_exchange;     /* from a request's head to the end of its response */
    bool answered;        /* its response has begun */
    bool connected;       /* the upstream has been heard of */
    bool is_head_request; /* the response has no body */
    bool awaits_continue; /* the client may wait for a 100 before it goes on */
    bool moved;           /* bytes were forwarded in this turn */
    bool ends_invocation;
    enum runtime_call call;
    enum errand errand;
    uint32_t errand_length, errand_sent; /* of its request, which lies in the upstream's buffer until it is sent */
    uint32_t next_length;
    char *next_head; /* with which the runtime asked for its next event */
    uint8_t request_id_length;
    char request_id[MAX_REQUEST_ID];
    uint64_t deadline; /* of loop_now, or 0 */
    uint64_t last_used;
};

/* What passes at once goes through here; only what has to wait is kept in a buffer of its own. */
extern uint8_t passing[CONNECTION_BUFFER];
extern bool passing_touched; /* beyond its first page */

/* Whose the connections are. */
struct connection_owner {
    void (*run)(struct connection *connection); /* one of its sockets is ready */
    void (*timed_out)(struct connection *connection);
};

void connection_open(const struct connection_owner *owner, const struct runtime_api *api);

/* Takes a client that was accepted, in the place of the oldest idle one when there is no room. Closes it when it can't.
 */
void connection_take(int fd);

/* Notes that it is used now. */
void connection_use(struct connection *connection);

/* Connects it to the Runtime API. */
bool connection_reach_upstream(struct connection *connection);

/* One read into `bytes`; 0 when nothing is to be had now. */
size_t connection_read(struct end *end, uint8_t *bytes, size_t room);

/* How many of the bytes went; all of them, unread, when the other side takes no more. */
uint32_t connection_send(struct end *to, const uint8_t *bytes, uint32_t length);

/* The kernel reports what is ready now once more, after the others had their turn. */
void connection_come_again(struct end *end);

/* When `timed_out` is called, unless the connection's deadline is changed or set to 0 before. */
void connection_set_deadline(struct connection *connection, uint32_t milliseconds);

/* Gives back the memory of buffers that hold nothing. */
void connection_give_back(struct connection *connection);

void connection_close_end(struct end *end);
void connection_close(struct connection *connection);

/* Closes it for the Runtime API at once, and for the client once that has finished: closing a socket with unread bytes
 * resets it, and the client would lose the answer. */
void connection_linger(struct connection *connection);

/* Closes the one that was idle for longest; false: none is. */
bool connection_make_room(void);

static inline struct span request_id_of(const struct connection *connection) {
    return (struct span){(const uint8_t *)connection->request_id, connection->request_id_length};
}

#endif
