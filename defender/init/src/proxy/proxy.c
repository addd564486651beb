#include "proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "connection.h"
#include "exchange.h"
#include "relay.h"

enum { ACCEPTS_A_TURN = 16, ACCEPT_PAUSE_MS = 100 };

static struct runtime_api api;
static struct loop_source listener = {.fd = -1};
static struct loop_timer accept_again;

static void resume_accepting(struct loop_timer *timer) {
    (void)timer;
    loop_change(&listener, EPOLLIN);
}

static void listener_ready(struct loop_source *source, uint32_t events) {
    (void)events;
    for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        int fd = accept4(source->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            connection_take(fd);
        } else if (errno == EAGAIN) {
            return;
        } else if (errno != EINTR && errno != ECONNABORTED && !(errno == EMFILE && connection_make_room())) {
            loop_change(&listener, 0);
            loop_arm(&accept_again, ACCEPT_PAUSE_MS);
            return;
        }
    }
}

bool proxy_open(const char *upstream, const struct proxy_hooks *hooks, char address[static 32]) {
    if (!runtime_api_parse(&api, upstream)) return false;
    static const struct connection_owner owner = {relay_run, relay_time_out};
    uint16_t port;
    int fd = address_open_loopback(AF_INET, SOCK_STREAM, &port);
    if (fd < 0) return false;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* accepted sockets inherit it */
    listener = (struct loop_source){.fd = fd, .ready = listener_ready};
    if (!loop_add(&listener, EPOLLIN)) {
        close(fd);
        return false;
    }
    exchange_open(hooks);
    connection_open(&owner, &api);
    accept_again.fire = resume_accepting;
    snprintf(address, 32, "127.0.0.1:%u", port);
    return true;
}
