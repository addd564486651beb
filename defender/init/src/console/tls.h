/* One TLS 1.2 connection as a client, over a non-blocking socket. Its memory is given back when it closes. */
#ifndef RINGFENCE_TLS_H
#define RINGFENCE_TLS_H

#include "configuration.h"

/* Starts on a connected socket, which stays the caller's. `host` is a name or an IPv4 or IPv6 literal; the server's
 * certificate must be for it and lead to one of the configured authorities. Returns NULL, or in words what is wrong. */
const char *tls_open(int fd, const char *host, const struct configuration *configuration);

enum tls_progress { TLS_WAITS, TLS_CLOSED, TLS_FAILED };

/* Moves what can be moved between socket and engine. TLS_CLOSED: the server has ended the connection. */
enum tls_progress tls_run(void);

/* In words, after TLS_FAILED. */
const char *tls_trouble(void);

/* Whether the handshake is done: the server is who it should be. */
bool tls_is_ready(void);

/* The events of epoll that the connection waits for. */
uint32_t tls_events(void);

/* Takes at most `length` bytes to be sent, returns how many; tls_flush ends the record. */
size_t tls_send(const void *bytes, size_t length);
void tls_flush(void);

/* What has arrived, valid until tls_consume; empty when nothing has. */
struct span tls_received(void);
void tls_consume(size_t length);

/* Says goodbye to the server if that is possible at once, and gives the memory back. */
void tls_close(void);

#endif
