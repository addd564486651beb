/* What the meters share: a clock, and where their samples go. */
#ifndef BENCH_METER_H
#define BENCH_METER_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SAMPLES_FD = 3, WARM_UP = 10 };

static inline double now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

__attribute__((noreturn)) static inline void fail(const char *what) {
    perror(what);
    exit(1);
}

/* Whoever measures reads one number a line. */
static inline void print_samples(const double *samples, size_t count) {
    FILE *out = fdopen(SAMPLES_FD, "w");
    if (!out) fail("descriptor 3");
    for (size_t i = 0; i < count; i++) fprintf(out, "%.3f\n", samples[i]);
    if (fclose(out) != 0) fail("descriptor 3");
}

static inline double *make_samples(size_t count) {
    double *samples = calloc(count, sizeof *samples);
    if (!samples) fail("memory");
    return samples;
}

#endif
