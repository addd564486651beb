#include "link.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns.h"
#include "loop.h"
#include "tls.h"

#ifndef LINK_PATIENCE_MS
#define LINK_PATIENCE_MS 5000 /* for connecting, and again for the TLS handshake */
#endif

enum stage { CLOSED, RESOLVING, CONNECTING, SECURING, OPEN };

static struct {
    enum stage stage;
    bool is_pumping;
    uint16_t port;
    const char *host;
    const struct configuration *configuration;
    const struct link_handler *handler;
    struct address addresses[DNS_MOST_ADDRESSES];
    size_t address_count, next_address;
    struct span outgoing[LINK_MOST_PARTS];
} self;

static struct loop_source source = {.fd = -1};
static struct loop_timer limit;

static void close_socket(void) {
    if (source.fd < 0) return;
    loop_remove(&source);
    close(source.fd);
    source.fd = -1;
}

void link_close(void) {
    if (self.stage == CLOSED) return;
    if (self.stage == RESOLVING) dns_cancel();
    if (self.stage >= SECURING) tls_close();
    loop_disarm(&limit);
    close_socket();
    self.stage = CLOSED;
}

static void fail(const char *trouble) {
    link_close();
    self.handler->failed(trouble);
}

static bool send_outgoing(void) {
    bool has_sent = false;
    for (size_t i = 0; i < LINK_MOST_PARTS; i++) {
        struct span *part = &self.outgoing[i];
        if (!part->length) continue;
        size_t sent = tls_send(part->bytes, part->length);
        part->bytes += sent;
        part->length -= sent;
        has_sent = has_sent || sent;
        if (part->length) return has_sent;
    }
    if (has_sent) tls_flush();
    return has_sent;
}

/* One step; false when nothing is left to do before the next event, or the link has closed. */
static bool step(void) {
    enum tls_progress progress = tls_run();
    if (self.stage == SECURING && tls_is_ready()) {
        loop_disarm(&limit);
        self.stage = OPEN;
        self.handler->opened();
        return self.stage == OPEN;
    }
    struct span received = tls_received();
    if (received.length) {
        self.handler->received(received);
        if (self.stage != OPEN) return false;
        tls_consume(received.length);
        return true;
    }
    if (progress == TLS_WAITS && self.stage == OPEN && send_outgoing()) return true;
    if (progress == TLS_FAILED) fail(tls_trouble());
    if (progress == TLS_CLOSED) fail("it closed the connection");
    if (progress == TLS_WAITS) loop_change(&source, tls_events());
    return false;
}

static void pump(void) {
    if (self.is_pumping) return;
    self.is_pumping = true;
    while (step()) continue;
    self.is_pumping = false;
}

static void connect_next(void);

static void start_tls(void) {
    self.stage = SECURING;
    loop_arm(&limit, LINK_PATIENCE_MS);
    const char *trouble = tls_open(source.fd, self.host, self.configuration);
    if (trouble)
        fail(trouble);
    else
        pump();
}

static void socket_ready(struct loop_source *ready, uint32_t events) {
    (void)events;
    if (self.stage != CONNECTING) {
        pump();
        return;
    }
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(ready->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error)
        connect_next();
    else
        start_tls();
}

static bool start_connecting(const struct address *address) {
    source.fd = address_connect(address, self.port, SOCK_STREAM);
    if (source.fd < 0) return false;
    int on = 1;
    setsockopt(source.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return loop_add(&source, EPOLLOUT);
}

static void connect_next(void) {
    self.stage = CONNECTING;
    while (self.next_address < self.address_count) {
        close_socket();
        if (!start_connecting(&self.addresses[self.next_address++])) continue;
        loop_arm(&limit, (uint32_t)(LINK_PATIENCE_MS / self.address_count));
        return;
    }
    fail("no connection to its address could be made");
}

static void time_is_up(struct loop_timer *timer) {
    (void)timer;
    if (self.stage == CONNECTING)
        connect_next();
    else
        fail("the TLS handshake took too long");
}

static void addresses_found(const struct address *addresses, size_t count, const char *trouble) {
    if (trouble) {
        self.stage = CLOSED;
        self.handler->failed(trouble);
        return;
    }
    memcpy(self.addresses, addresses, count * sizeof *addresses);
    self.address_count = count;
    connect_next();
}

void link_open(const char *host, uint16_t port, const struct configuration *configuration,
               const struct link_handler *handler) {
    memset(&self, 0, sizeof self);
    self.host = host;
    self.port = port;
    self.configuration = configuration;
    self.handler = handler;
    source.ready = socket_ready;
    limit.fire = time_is_up;
    self.stage = RESOLVING;
    struct address literal;
    if (address_read(host, &literal))
        addresses_found(&literal, 1, NULL);
    else
        dns_resolve(host, addresses_found);
}

void link_send(const struct span *parts, size_t count) {
    memset(self.outgoing, 0, sizeof self.outgoing);
    memcpy(self.outgoing, parts, count * sizeof *parts);
    pump();
}
