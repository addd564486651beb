#include "loop.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>

enum { EVENTS_A_TURN = 16 };

static int epoll_fd = -1;
static struct loop_source *direct;
static short direct_events;
static struct loop_timer *timers;
static uint64_t running_ms = 1;
static uint64_t last_clock_ms;
static struct epoll_event fetched[EVENTS_A_TURN];
static int fetched_count;

static uint64_t clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void loop_open(void) {
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (epoll_fd < 0) abort();
    last_clock_ms = clock_ms();
}

bool loop_add(struct loop_source *source, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = source};
    return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, source->fd, &event) == 0;
}

void loop_add_direct(struct loop_source *source) {
    direct = source;
    direct_events = POLLIN;
}

void loop_change(struct loop_source *source, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = source};
    if (source == direct) {
        direct_events = (short)events; /* poll and epoll have the same bits */
    } else {
        epoll_ctl(epoll_fd, EPOLL_CTL_MOD, source->fd, &event);
    }
}

void loop_remove(struct loop_source *source) {
    if (source == direct) {
        direct = NULL;
        return;
    }
    epoll_ctl(epoll_fd, EPOLL_CTL_DEL, source->fd, NULL);
    for (int i = 0; i < fetched_count; i++)
        if (fetched[i].data.ptr == source) fetched[i].data.ptr = NULL;
}

void loop_disarm(struct loop_timer *timer) {
    if (!timer->due) return;
    for (struct loop_timer **at = &timers; *at; at = &(*at)->next)
        if (*at == timer) {
            *at = timer->next;
            break;
        }
    timer->due = 0;
}

void loop_arm(struct loop_timer *timer, uint32_t milliseconds) {
    loop_disarm(timer);
    timer->due = running_ms + (milliseconds ? milliseconds : 1); /* a timer that arms itself anew must let others in */
    struct loop_timer **at = &timers;
    while (*at && (*at)->due <= timer->due) at = &(*at)->next;
    timer->next = *at;
    *at = timer;
}

uint64_t loop_now(void) { return running_ms; }

static int wait_ms(int limit) {
    if (!timers) return limit;
    uint64_t left = timers->due > running_ms ? timers->due - running_ms : 0;
    if (left > 1000000) left = 1000000;
    return limit >= 0 && (uint64_t)limit < left ? limit : (int)left;
}

static void advance_clock(int waited_at_most) {
    uint64_t now = clock_ms();
    uint64_t passed = now > last_clock_ms ? now - last_clock_ms : 0;
    /* A frozen sandbox wakes up with hours passed: that was no time in which anybody could answer. */
    uint64_t most = waited_at_most < 0 ? 1000 : (uint64_t)waited_at_most + 1000;
    running_ms += passed < most ? passed : most;
    last_clock_ms = now;
}

/* Waits for the direct source and fetches the events of the others. Returns those of the direct one. */
static short fetch(int wait) {
    struct pollfd both[] = {{epoll_fd, POLLIN, 0}, {direct ? direct->fd : -1, direct_events, 0}};
    if (direct && poll(both, 2, wait) < 0 && errno != EINTR) abort();
    fetched_count = 0;
    if (!direct || both[0].revents) fetched_count = epoll_wait(epoll_fd, fetched, EVENTS_A_TURN, direct ? 0 : wait);
    if (fetched_count < 0) {
        if (errno != EINTR) abort();
        fetched_count = 0;
    }
    return both[1].revents;
}

void loop_turn(int milliseconds) {
    int wait = wait_ms(milliseconds);
    short direct_ready = fetch(wait);
    advance_clock(wait);
    if (direct_ready) direct->ready(direct, (uint32_t)direct_ready);
    for (int i = 0; i < fetched_count; i++) {
        struct loop_source *source = fetched[i].data.ptr;
        if (source) source->ready(source, fetched[i].events);
    }
    fetched_count = 0;
    while (timers && timers->due <= running_ms) {
        struct loop_timer *timer = timers;
        timers = timer->next;
        timer->due = 0;
        timer->fire(timer);
    }
}
