/* What could keep the init waiting, or keep a thread waiting for the init: `hold-up NAME`. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0hold-up"};
static const socklen_t name_length = offsetof(struct sockaddr_un, sun_path) + sizeof "\0hold-up" - 1;
static int client;

static void *flip(void *flags) {
    for (;;) fcntl(client, F_SETFL, *(int *)flags);
    return NULL;
}

static void *connect_again(void *unused) {
    (void)unused;
    for (;;) connect(client, (const struct sockaddr *)&name, name_length);
    return NULL;
}

/* The listener has no room, and O_NONBLOCK comes and goes while the init connects. */
static int take_nonblocking_away(void) {
    static int blocking = 0, nonblocking = O_NONBLOCK;
    int server = socket(AF_UNIX, SOCK_STREAM, 0), first = socket(AF_UNIX, SOCK_STREAM, 0);
    client = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(server, (const struct sockaddr *)&name, name_length) != 0 || listen(server, 0) != 0 ||
        connect(first, (const struct sockaddr *)&name, name_length) != 0)
        return perror("hold-up"), 1;
    pthread_t thread;
    pthread_create(&thread, NULL, flip, &blocking);
    pthread_create(&thread, NULL, flip, &nonblocking);
    pthread_create(&thread, NULL, connect_again, NULL);
    sleep(1);
    execl("/usr/bin/true", "true", NULL);
    return perror("true"), 1;
}

static int reach_limit(void) {
    const struct rlimit few = {20, 20};
    setrlimit(RLIMIT_NOFILE, &few);
    while (open("/etc/passwd", O_RDONLY) >= 0) {
    }
    puts(strerror(errno));
    return 0;
}

int main(int count, char **arguments) {
    return count == 2 && strcmp(arguments[1], "limit") == 0 ? reach_limit() : take_nonblocking_away();
}
