/* Calls on sockets that would block: they wait here, not in the supervisor, and are tried again. */
#ifndef RINGFENCE_HOLD_H
#define RINGFENCE_HOLD_H

#include "answer.h"
#include "loop.h"

struct held {
    struct request request;
    int socket;        /* a copy of the descriptor; closed at the end */
    uint64_t progress; /* how much of the call is done, as its owner counts */
    /* Tries again, with which it goes on waiting unless it answers: then it returns true. */
    bool (*retry)(struct held *held);
    uint64_t until; /* of loop_now; 0: no limit */
    int timeout_error;
    struct loop_source source;
    bool polled; /* the socket tells when it is ready; else it is tried every now and then */
};

/* Takes the request and the socket over, until `retry` has answered, the thread waits no more, a signal is due for it
 * (then the answer is EINTR), or the socket's time for receiving (`events` EPOLLIN) or sending (EPOLLOUT) is over (then
 * it is `timeout_error`). False when there is no room; nothing is taken over then. */
bool hold(const struct request *request, int socket, uint32_t events, uint64_t progress,
          bool (*retry)(struct held *held), int timeout_error);

#endif
