/* Measures connecting: connect-meter ROUNDS ADDRESS
 * A sample is the time in microseconds of one connect to a port of this IPv4 address, on which the meter itself listens. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "meter.h"

static double connect_once(int listener, const struct sockaddr_in *address) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    double from = now_us();
    if (connect(fd, (const struct sockaddr *)address, sizeof *address)) fail("connect");
    double elapsed = now_us() - from;
    close(accept(listener, NULL, NULL));
    close(fd);
    return elapsed;
}

int main(int count, char **arguments) {
    if (count < 3) return 2;
    size_t rounds = strtoul(arguments[1], NULL, 10);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (inet_pton(AF_INET, arguments[2], &address.sin_addr) != 1) return 2;
    if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 16) ||
        getsockname(listener, (struct sockaddr *)&address, &length))
        fail("listen");
    double *samples = make_samples(rounds);
    for (int i = 0; i < WARM_UP; i++) connect_once(listener, &address);
    for (size_t i = 0; i < rounds; i++) samples[i] = connect_once(listener, &address);
    print_samples(samples, rounds);
    return 0;
}
