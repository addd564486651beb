/* Measures looking up a name: lookup-meter ROUNDS WARM_UP NAME
 * A sample is the time in microseconds of one getaddrinfo, after WARM_UP that don't count. */
#include <netdb.h>
#include <sys/socket.h>

#include "meter.h"

static double look_up_once(const char *name) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    double from = now_us();
    int error = getaddrinfo(name, "80", &hints, &found);
    double elapsed = now_us() - from;
    if (error) {
        fprintf(stderr, "lookup-meter: %s: %s\n", name, gai_strerror(error));
        exit(1);
    }
    freeaddrinfo(found);
    return elapsed;
}

int main(int count, char **arguments) {
    if (count < 4) return 2;
    size_t rounds = strtoul(arguments[1], NULL, 10), warm_up = strtoul(arguments[2], NULL, 10);
    double *samples = make_samples(rounds);
    for (size_t i = 0; i < warm_up; i++) look_up_once(arguments[3]);
    for (size_t i = 0; i < rounds; i++) samples[i] = look_up_once(arguments[3]);
    print_samples(samples, rounds);
    return 0;
}
