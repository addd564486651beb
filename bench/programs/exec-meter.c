/* Measures execs: exec-meter ROUNDS EXPECTED_EXIT_CODE PROGRAM
 * A sample is the time in microseconds from vfork until the program was waited for. */
#include "run-program.h"

int main(int count, char **arguments) {
    if (count < 4) return 2;
    size_t rounds = strtoul(arguments[1], NULL, 10);
    int expected = atoi(arguments[2]);
    double *samples = make_samples(rounds);
    for (size_t i = 0; i < WARM_UP + rounds; i++) {
        double from = now_us();
        int code = run_program(arguments[3]);
        if (i >= WARM_UP) samples[i - WARM_UP] = now_us() - from;
        if (code != expected) {
            fprintf(stderr, "exec-meter: %s ended with %d instead of %d\n", arguments[3], code, expected);
            return 1;
        }
    }
    print_samples(samples, rounds);
    return 0;
}
