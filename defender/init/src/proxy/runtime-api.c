#include "runtime-api.h"

#include "json.h"
#include "proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { REPORT_MS = 2000, MAX_ERROR_TYPE = 100, MAX_ERROR_BODY = 2048 };

static bool parse_port(const char *text, in_port_t *port) {
    uint32_t number = 0;
    if (!*text || strlen(text) > 5) return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9') return false;
        number = number * 10 + (uint32_t)(*text - '0');
    }
    *port = htons((uint16_t)number);
    return number > 0 && number <= 65535;
}

bool runtime_api_parse(struct runtime_api *api, const char *upstream) {
    char host[64];
    const char *colon = strrchr(upstream, ':');
    if (!colon || colon == upstream || (size_t)(colon - upstream) >= sizeof host) return false;
    size_t length = (size_t)(colon - upstream);
    memcpy(host, upstream, length);
    host[length] = '\0';
    memset(api, 0, sizeof *api);
    if (host[0] == '[' && host[length - 1] == ']') {
        host[length - 1] = '\0';
        api->address.v6.sin6_family = AF_INET6;
        api->length = sizeof api->address.v6;
        return inet_pton(AF_INET6, host + 1, &api->address.v6.sin6_addr) == 1 &&
               parse_port(colon + 1, &api->address.v6.sin6_port);
    }
    api->address.v4.sin_family = AF_INET;
    api->length = sizeof api->address.v4;
    return inet_pton(AF_INET, strcmp(host, "localhost") ? host : "127.0.0.1", &api->address.v4.sin_addr) == 1 &&
           parse_port(colon + 1, &api->address.v4.sin_port);
}

int runtime_api_connect(const struct runtime_api *api) {
    int fd = socket(api->address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, &api->address.any, api->length) == 0 || errno == EINPROGRESS) return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static bool rest_is(const char *rest, size_t length, const char *text) {
    return length == strlen(text) && memcmp(rest, text, length) == 0;
}

enum runtime_call runtime_api_call(const struct http_head *head, const char *bytes, struct http_part *request_id) {
    static const char invocation[] = "/runtime/invocation/";
    const char *path = bytes + head->target.at;
    const char *query = memchr(path, '?', head->target.length);
    size_t length = query ? (size_t)(query - path) : head->target.length;
    const char *rest = length ? memchr(path + 1, '/', length - 1) : NULL; /* after the API's version */
    if (!rest) return CALL_OTHER;
    length -= (size_t)(rest - path);
    if (rest_is(bytes, head->method.length, "GET")) {
        if (rest_is(rest, length, "/runtime/invocation/next")) return CALL_INVOCATION_NEXT;
        if (rest_is(rest, length, "/runtime/restore/next")) return CALL_RESTORE_NEXT;
        if (rest_is(rest, length, "/extension/event/next")) return CALL_EXTENSION_NEXT;
    }
    size_t prefix = sizeof invocation - 1;
    if (!rest_is(bytes, head->method.length, "POST") || length < prefix || memcmp(rest, invocation, prefix) != 0)
        return CALL_OTHER;
    const char *id = rest + prefix, *slash = memchr(id, '/', length - prefix);
    if (!slash) return CALL_OTHER;
    size_t left = length - (size_t)(slash - rest);
    if (!rest_is(slash, left, "/response") && !rest_is(slash, left, "/error")) return CALL_OTHER;
    *request_id = (struct http_part){.at = (uint32_t)(id - bytes), .length = (uint32_t)(slash - id)};
    return CALL_INVOCATION_END;
}

static int64_t clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool wait_for(int fd, short events, int64_t deadline) {
    struct pollfd polled = {.fd = fd, .events = events};
    for (;;) {
        int64_t left = deadline - clock_ms();
        if (left <= 0) return false;
        int count = poll(&polled, 1, (int)left);
        if (count > 0) return true;
        if (count == 0 || errno != EINTR) return false;
    }
}

static bool send_all(int fd, const char *bytes, size_t length, int64_t deadline) {
    while (length) {
        if (!wait_for(fd, POLLOUT, deadline)) return false;
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (sent < 0) continue;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool read_status(int fd, uint16_t *status, int64_t deadline) {
    char bytes[1024];
    size_t have = 0;
    struct http_head head;
    http_head_start(&head, true);
    while (have < sizeof bytes && wait_for(fd, POLLIN, deadline)) {
        ssize_t got = recv(fd, bytes + have, sizeof bytes - have, 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (got <= 0) return false;
        have += (size_t)got;
        enum http_progress progress = http_head_read(&head, bytes, have);
        *status = head.status;
        if (progress != HTTP_MORE) return progress == HTTP_COMPLETE;
    }
    return false;
}

/* An error type stands in a header: letters, digits and dots only. */
static void copy_error_type(char out[static MAX_ERROR_TYPE], const char *type) {
    size_t length = strspn(type, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.");
    if (length >= MAX_ERROR_TYPE) length = MAX_ERROR_TYPE - 1;
    memcpy(out, type, length);
    out[length] = '\0';
}

bool proxy_report_init_error(const char *upstream, const char *type, const char *message) {
    struct runtime_api api;
    if (!runtime_api_parse(&api, upstream)) return false;
    char error_type[MAX_ERROR_TYPE], text[MAX_ERROR_BODY], request[MAX_ERROR_BODY + 512];
    copy_error_type(error_type, type);
    struct json body;
    json_start(&body, text, sizeof text);
    json_open(&body, NULL, '{');
    json_text(&body, "errorType", error_type);
    json_bytes(&body, "errorMessage", message, strlen(message), 1024);
    json_open(&body, "stackTrace", '[');
    json_close(&body, ']');
    json_close(&body, '}');
    int length = snprintf(request, sizeof request,
                          "POST /2018-06-01/runtime/init/error HTTP/1.1\r\nHost: localhost\r\n"
                          "Content-Type: application/vnd.aws.lambda.error+json\r\n"
                          "Lambda-Runtime-Function-Error-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                          error_type, body.length, text);
    int64_t deadline = clock_ms() + REPORT_MS;
    int fd = runtime_api_connect(&api);
    if (fd < 0) return false;
    uint16_t status = 0;
    bool taken = send_all(fd, request, (size_t)length, deadline) && read_status(fd, &status, deadline) &&
                 status >= 200 && status < 300;
    close(fd);
    return taken;
}
