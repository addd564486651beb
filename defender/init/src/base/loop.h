/* The event loop: file descriptors and timers. One thread; callbacks must not block. */
#ifndef RINGFENCE_LOOP_H
#define RINGFENCE_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop_source {
    int fd;
    void (*ready)(struct loop_source *source, uint32_t events); /* EPOLLIN, EPOLLOUT, EPOLLHUP, EPOLLERR … */
};

struct loop_timer {
    void (*fire)(struct loop_timer *timer);
    uint64_t due; /* of loop_now; 0 when not armed */
    struct loop_timer *next;
};

void loop_open(void);

/* false when the kernel has no room for another descriptor. A source must not be freed or reused before loop_remove;
 * removing a source inside any callback is safe: events already fetched for it are dropped. */
bool loop_add(struct loop_source *source, uint32_t events);
/* Adds the one source that is waited for beside epoll: only so does the kernel wake this process on the processor of
 * who waits for its answer (see SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP), which is several times faster. */
void loop_add_direct(struct loop_source *source);

void loop_change(struct loop_source *source, uint32_t events);
void loop_remove(struct loop_source *source);

void loop_arm(struct loop_timer *timer, uint32_t milliseconds);
void loop_disarm(struct loop_timer *timer);

/* Milliseconds that this process could run; a freeze of the sandbox does not count beyond the next timer. Starts at 1.
 */
uint64_t loop_now(void);

/* Waits for the next events or timers, at most `milliseconds` (-1: no limit), and runs their callbacks. */
void loop_turn(int milliseconds);

#endif
