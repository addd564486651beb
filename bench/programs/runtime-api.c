/* A Runtime API that has events of one size: runtime-api EVENT_BYTES [EVENTS]
 * After EVENTS (on one connection) it holds the next request for ever. Prints its port, and a line for each connection
 * that it holds. */
#include <signal.h>
#include <sys/prctl.h>

#include "wire.h"

static void serve(int fd, size_t event_size, unsigned long events) {
    static const char accepted[] = "HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n";
    size_t size = event_size + MAX_HEAD;
    char *buffer = malloc(size), *event = malloc(size);
    if (!buffer || !event) fail("memory");
    int head =
        snprintf(event, size,
                 "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: " REQUEST_ID
                 "\r\nLambda-Runtime-Deadline-Ms: 1542409706888\r\nContent-Length: %zu\r\n\r\n",
                 event_size);
    memset(event + head, 'x', event_size);
    while (read_message(fd, buffer, size)) {
        bool is_next = buffer[0] == 'G';
        if (is_next && !events--) {
            static const char held[] = "held\n";
            if (write(STDOUT_FILENO, held, sizeof held - 1) > 0) pause();
        }
        send_all(fd, is_next ? event : accepted, is_next ? (size_t)head + event_size : sizeof accepted - 1);
    }
    exit(0);
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    int port, fd = listen_somewhere(&port);
    signal(SIGCHLD, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    printf("%d\n", port);
    fflush(stdout);
    for (;;) {
        int client = accept(fd, NULL, NULL);
        if (client >= 0 && fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            serve(client, strtoul(arguments[1], NULL, 10), count > 2 ? strtoul(arguments[2], NULL, 10) : -1ul);
        }
        close(client);
    }
}
