/* Runs the loop on a clock that its arguments move, in milliseconds, before each turn. Prints after each turn what the
 * loop takes for the time that passed, and how often each of its timers (10 ms, one hour) has fired. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "loop.h"

static long long now_ms = 1000000000;
int moved_clock(clockid_t clock, struct timespec *now);
int moved_clock(clockid_t clock, struct timespec *now) {
    if (clock != CLOCK_MONOTONIC) abort(); /* others are set by people */
    *now = (struct timespec){.tv_sec = now_ms / 1000, .tv_nsec = now_ms % 1000 * 1000000};
    return 0;
}

static unsigned fired[2];
static void on_short(struct loop_timer *timer) {
    fired[0]++;
    loop_arm(timer, 10);
}
static void on_long(struct loop_timer *timer) {
    (void)timer;
    fired[1]++;
}

int main(int argc, char **argv) {
    struct loop_timer quick = {.fire = on_short}, slow = {.fire = on_long};
    loop_open();
    loop_arm(&quick, 10);
    loop_arm(&slow, 3600 * 1000);
    for (int i = 1; i < argc; i++) {
        now_ms += atoll(argv[i]);
        loop_turn(0);
        printf("%llu %u %u\n", (unsigned long long)loop_now(), fired[0], fired[1]);
    }
}
