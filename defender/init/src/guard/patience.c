#include "patience.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE_US = 10000 };

static sigset_t alarm_only;

static void wake(int number) { (void)number; }

/* The kernel winds the timer up again when its signal is taken, so it rings at most once between two calls, and nobody
 * has to stop it: programming a timer costs more than most calls here. While a call lasts it rings again and again,
 * since the first one may come before the call begins to wait. */
void patience_open(void) {
    struct sigaction action = {.sa_handler = wake}; /* without SA_RESTART */
    const struct itimerval often = {{0, PATIENCE_US}, {0, PATIENCE_US}};
    sigemptyset(&alarm_only);
    sigaddset(&alarm_only, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm_only, NULL);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
}

static void begin(void) { sigprocmask(SIG_UNBLOCK, &alarm_only, NULL); }

static void end(void) {
    int error = errno;
    sigprocmask(SIG_BLOCK, &alarm_only, NULL);
    errno = error;
}

int patience_connect(int socket, const struct sockaddr *address, unsigned length) {
    begin();
    int result = connect(socket, address, length);
    end();
    return result;
}

void patience_close(int fd) {
    begin();
    close(fd);
    end();
}
