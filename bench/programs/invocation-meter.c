/* A runtime that measures its invocations: invocation-meter ROUNDS BYTES
 * A sample is the time in microseconds for an event of BYTES and a response of BYTES on a kept connection. */
#include "wire.h"

int main(int count, char **arguments) {
    if (count < 3) return 2;
    size_t rounds = strtoul(arguments[1], NULL, 10);
    struct exchange exchange = open_exchange(strtoul(arguments[2], NULL, 10));
    double *samples = make_samples(rounds);
    for (int i = 0; i < WARM_UP; i++) invoke(&exchange);
    for (size_t i = 0; i < rounds; i++) {
        double from = now_us();
        invoke(&exchange);
        samples[i] = now_us() - from;
    }
    print_samples(samples, rounds);
    return 0;
}
