#include "patience.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE_US = 500 };

static sigset_t alarm_only;

static void wake(int number) { (void)number; }

void patience_open(void) {
    struct sigaction action = {.sa_handler = wake}; /* without SA_RESTART */
    sigemptyset(&alarm_only);
    sigaddset(&alarm_only, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm_only, NULL);
    sigaction(SIGALRM, &action, NULL);
}

/* Again and again, since the first one may come before the call that it is to end. */
static void begin(void) {
    const struct itimerval soon = {{0, PATIENCE_US}, {0, PATIENCE_US}};
    setitimer(ITIMER_REAL, &soon, NULL);
    sigprocmask(SIG_UNBLOCK, &alarm_only, NULL);
}

static void end(void) {
    const struct itimerval never = {{0, 0}, {0, 0}};
    int error = errno;
    sigprocmask(SIG_BLOCK, &alarm_only, NULL);
    setitimer(ITIMER_REAL, &never, NULL);
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
