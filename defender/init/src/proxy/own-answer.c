#include "own-answer.h"

#include <stdio.h>
#include <sys/socket.h>

#include "audit.h"

static const struct {
    const char *status, *type, *message;
} failures[] = {
    [UNREACHABLE] = {"502 Bad Gateway", "Unreachable", "The Runtime API cannot be reached"},
    [CLOSED_EARLY] = {"502 Bad Gateway", "Closed",
                      "The Runtime API closed the connection before its response was complete"},
    [TIMED_OUT] = {"504 Gateway Timeout", "Timeout", "The Runtime API does not answer"},
    [MALFORMED] = {"502 Bad Gateway", "Malformed", "The Runtime API sent something that is not HTTP/1.1"},
    [BAD_REQUEST] = {"400 Bad Request", "BadRequest", "The request is not HTTP/1.1"},
    [LONG_REQUEST] = {"431 Request Header Fields Too Large", "BadRequest", "The request's head is longer than 16 KiB"},
};

static uint8_t told; /* bits by enum failure: audited since the Runtime API last worked */

void own_answer_send(int client, enum failure failure, bool without_body) {
    char body[192], answer[512];
    int length = snprintf(body, sizeof body, "{\"errorMessage\":\"%s\",\"errorType\":\"Ringfence.RuntimeApi%s\"}",
                          failures[failure].message, failures[failure].type);
    length =
        snprintf(answer, sizeof answer,
                 "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
                 failures[failure].status, length, without_body ? "" : body);
    /* The client took every byte so far, so that this little fits its socket; if not, it is left with a closed one. */
    (void)!send(client, answer, (size_t)length, MSG_NOSIGNAL);
}

void own_answer_tell(enum failure failure) {
    if (failure >= BAD_REQUEST || told & 1 << failure) return;
    told |= (uint8_t)(1 << failure);
    audit_defender(failures[failure].message);
}

void own_answer_forget(void) { told = 0; }
