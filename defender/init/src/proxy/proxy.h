/* The proxy between the runtime and the Lambda Runtime API. Bytes pass as they are, as they arrive; only heads are
 * read. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html and the pages of extensions, telemetry and
 * SnapStart. */
#ifndef RINGFENCE_PROXY_H
#define RINGFENCE_PROXY_H

#include <stdbool.h>
#include <stddef.h>

/* What the proxy sees passing. A request id is only valid during the call; none is longer than 64 bytes. */
struct proxy_hooks {
    /* The runtime asks for its first invocation, or for the restore after a snapshot; not forwarded yet. */
    void (*runtime_ready)(void);
    /* An event is on its way to the runtime; not forwarded yet. */
    void (*invocation_started)(const char *request_id, size_t length);
    /* The runtime's response or error went to the Runtime API, all of it. */
    void (*invocation_ended)(const char *request_id, size_t length);
};

/* Listens on loopback. `upstream` is the value of AWS_LAMBDA_RUNTIME_API, "host:port", where host is an address (IPv6
 * in brackets) or localhost; `address` becomes the value for the runtime, "127.0.0.1:PORT". Call after loop_open. */
bool proxy_open(const char *upstream, const struct proxy_hooks *hooks, char address[static 32]);

/* Tells the Runtime API that the function cannot start; needs no proxy_open and blocks for at most two seconds. `type`
 * is like "Ringfence.Refused". False when the Runtime API did not take it. */
bool proxy_report_init_error(const char *upstream, const char *type, const char *message);

#endif
