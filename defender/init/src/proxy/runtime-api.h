/* What the proxy knows of the Lambda Runtime API: where it is, and which of its calls matter to the init. */
#ifndef RINGFENCE_RUNTIME_API_H
#define RINGFENCE_RUNTIME_API_H

#include "http.h"

#include <netinet/in.h>
#include <sys/socket.h>

struct runtime_api {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } address;
    socklen_t length;
};

/* "host:port": an IPv4 address, an IPv6 address in brackets, or localhost. */
bool runtime_api_parse(struct runtime_api *api, const char *upstream);

/* A socket that does not block and is perhaps not connected yet; -1 with errno. */
int runtime_api_connect(const struct runtime_api *api);

enum runtime_call {
    CALL_OTHER,
    CALL_INVOCATION_NEXT,
    CALL_INVOCATION_END, /* its response or its error */
    CALL_RESTORE_NEXT,
    CALL_EXTENSION_NEXT,
};

/* Which call a complete request head is; `request_id` is set for CALL_INVOCATION_END only. */
enum runtime_call runtime_api_call(const struct http_head *head, const char *bytes, struct http_part *request_id);

#endif
