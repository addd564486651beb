/* Measures a system call that nothing watches: call-meter ROUNDS
 * A sample is the mean time in nanoseconds of 10,000 calls of getppid. */
#include <unistd.h>

#include "meter.h"

enum { CALLS = 10000 };

static double measure_once(void) {
    double from = now_us();
    for (int i = 0; i < CALLS; i++) getppid();
    return (now_us() - from) * 1000 / CALLS;
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    size_t rounds = strtoul(arguments[1], NULL, 10);
    double *samples = make_samples(rounds);
    measure_once();
    for (size_t i = 0; i < rounds; i++) samples[i] = measure_once();
    print_samples(samples, rounds);
    return 0;
}
