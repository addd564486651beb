#include "hold.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "patience.h"
#include "target.h"

enum { HELD = 256, CHECK_MS = 100, RETRY_MS = 10 };

static struct held table[HELD]; /* `retry` NULL: free */
static unsigned in_use;
static struct loop_timer timer;
static uint64_t checked_at;

static void release(struct held *held) {
    if (held->polled) loop_remove(&held->source);
    patience_close(held->socket);
    held->retry = NULL;
    in_use--;
}

static void stop_polling(struct held *held) {
    loop_remove(&held->source);
    held->polled = false;
}

/* A socket can be ready and the call none the less have to wait, as for the room of another one (AF_UNIX). */
static void on_ready(struct loop_source *source, uint32_t events) {
    (void)events;
    struct held *held = (struct held *)((char *)source - offsetof(struct held, source));
    uint64_t before = held->progress;
    if (held->retry(held)) {
        release(held);
    } else if (held->progress == before) {
        stop_polling(held);
        loop_arm(&timer, RETRY_MS);
    }
}

/* Since the wait can't be interrupted (WAIT_KILLABLE), nobody but this process notices a signal. */
static bool has_ended(struct held *held) {
    if (!answer_is_awaited(&held->request)) return true;
    if (held->until && held->until <= loop_now()) return answer_refuse(&held->request, held->timeout_error), true;
    if (target_has_signal(held->request.thread)) return answer_refuse(&held->request, EINTR), true;
    return false;
}

static void on_timer(struct loop_timer *fired) {
    bool check = loop_now() - checked_at >= CHECK_MS, retries = false;
    if (check) checked_at = loop_now();
    for (struct held *held = table; held < table + HELD; held++) {
        if (!held->retry) continue;
        if ((!held->polled && held->retry(held)) || (check && has_ended(held))) {
            release(held);
        } else {
            retries |= !held->polled;
        }
    }
    if (in_use) loop_arm(fired, retries ? RETRY_MS : CHECK_MS);
}

static uint64_t deadline(int socket, uint32_t events) {
    struct timeval limit = {0, 0};
    socklen_t length = sizeof limit;
    getsockopt(socket, SOL_SOCKET, events & EPOLLIN ? SO_RCVTIMEO : SO_SNDTIMEO, &limit, &length);
    uint64_t ms = (uint64_t)limit.tv_sec * 1000 + (uint64_t)(limit.tv_usec + 999) / 1000;
    return ms ? loop_now() + ms : 0;
}

bool hold(const struct request *request, int socket, uint32_t events, uint64_t progress,
          bool (*retry)(struct held *held), int timeout_error) {
    struct held *held = table;
    while (held < table + HELD && held->retry) held++;
    if (held == table + HELD) return false;
    *held = (struct held){.request = *request,
                          .socket = socket,
                          .progress = progress,
                          .retry = retry,
                          .until = deadline(socket, events),
                          .timeout_error = timeout_error,
                          .source = {.fd = socket, .ready = on_ready}};
    held->polled = loop_add(&held->source, events);
    in_use++;
    timer.fire = on_timer;
    if (!timer.due || !held->polled) loop_arm(&timer, held->polled ? CHECK_MS : RETRY_MS);
    return true;
}
