/* What a hostile Console sends as TLS records, before and after the handshake. The first byte says in which pieces they
 * come. Random numbers and the time stand still, so that a recorded handshake (the seeds) goes through to its end, and
 * what changes in it is met at each of its steps. */
#include <bearssl.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tls.h"

enum { YEAR_2027 = 1800000000, MOST_TURNS = 4096 };

time_t time(time_t *to) {
    if (to) *to = YEAR_2027;
    return YEAR_2027;
}

static int seed_always_same(const br_prng_class **generator) {
    (*generator)->update(generator, "seed", 4);
    return 1;
}

br_prng_seeder br_prng_seeder_system(const char **name) {
    if (name) *name = "none";
    return seed_always_same;
}

static void require(bool holds) {
    if (!holds) abort();
}

static struct span read_file(const char *path) {
    static uint8_t room[2][4096];
    static int files;
    uint8_t *bytes = room[files++];
    int fd = open(path, O_RDONLY);
    ssize_t length = read(fd, bytes, sizeof room[0]);
    require(length > 0);
    close(fd);
    return (struct span){bytes, (size_t)length};
}

static struct configuration configuration = {.authority_count = 1};
static size_t received_bytes;

/* As the link does: asks once, and takes what comes. */
static enum tls_progress turn(bool *has_asked) {
    enum tls_progress progress;
    bool moved;
    int turns = 0;
    do {
        progress = tls_run();
        moved = tls_is_ready() && !*has_asked;
        if (moved) {
            *has_asked = tls_send("GET / HTTP/1.1\r\n\r\n", 18) == 18;
            require(*has_asked);
            tls_flush();
        }
        struct span received = tls_received();
        moved |= received.length > 0;
        require(!received.length || *has_asked);
        received_bytes += received.length;
        volatile uint8_t sum = 0;
        for (size_t i = 0; i < received.length; i++) sum += received.bytes[i];
        if (received.length) tls_consume(received.length);
        require(turns++ < MOST_TURNS);
    } while (moved);
    if (progress == TLS_FAILED) require(tls_trouble()[0]);
    return progress;
}

static void drain(int fd) {
    char bytes[4096];
    while (recv(fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0) continue;
}

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    int ends[2];
    bool has_asked = false;
    if (!length || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends)) return 0;
    size_t step = 1 + 16 * (size_t)*bytes++;
    length--;
    require(!tls_open(ends[0], "localhost", &configuration));
    enum tls_progress progress = turn(&has_asked);
    while (length && progress == TLS_WAITS) {
        size_t given = length < step ? length : step;
        require(send(ends[1], bytes, given, MSG_NOSIGNAL) == (ssize_t)given);
        bytes += given, length -= given;
        progress = turn(&has_asked);
        drain(ends[1]);
    }
    if (progress == TLS_WAITS) {
        close(ends[1]);
        require(turn(&has_asked) != TLS_WAITS);
    } else {
        close(ends[1]);
    }
    tls_close();
    close(ends[0]);
    return 0;
}

/* A change of what the client says makes the recordings useless: a TLS 1.2 server for localhost has to answer it anew.
 */
int LLVMFuzzerInitialize(int *count, char ***arguments) {
    (void)count, (void)arguments;
    configuration.authorities[0] = read_file("fuzz/tls-authority.der");
    struct span recorded = read_file("fuzz/tls-seeds/answer");
    LLVMFuzzerTestOneInput(recorded.bytes, recorded.length);
    require(received_bytes > 0);
    return 0;
}
