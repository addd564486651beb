/* Measures opening files: open-meter ROUNDS read|write PATH
 * A sample is the mean time in microseconds of opening and closing the file, 100 times. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "meter.h"

enum { OPENS = 100 };

static double open_many(const char *path, int flags) {
    double from = now_us();
    for (int i = 0; i < OPENS; i++) {
        int fd = open(path, flags);
        if (fd < 0) fail(path);
        close(fd);
    }
    return (now_us() - from) / OPENS;
}

int main(int count, char **arguments) {
    if (count < 4) return 2;
    size_t rounds = strtoul(arguments[1], NULL, 10);
    int flags = O_CLOEXEC | (strcmp(arguments[2], "write") == 0 ? O_WRONLY : O_RDONLY);
    double *samples = make_samples(rounds);
    open_many(arguments[3], flags);
    for (size_t i = 0; i < rounds; i++) samples[i] = open_many(arguments[3], flags);
    print_samples(samples, rounds);
    return 0;
}
