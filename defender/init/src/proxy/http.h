/* Reads HTTP/1.1 messages where they lie, as they arrive: tells where the parts are and copies nothing (RFC 9112).
 * What two readers could understand differently (smuggling) is malformed here. */
#ifndef RINGFENCE_HTTP_H
#define RINGFENCE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HTTP_MOST_HEAD = 16384 }; /* bytes of a head, and of a body's trailers or of one chunk's extensions */

enum http_progress { HTTP_MORE, HTTP_COMPLETE, HTTP_MALFORMED, HTTP_TOO_LONG };

struct http_part {
    uint32_t at, length; /* within the bytes that were given */
};

struct http_head {
    uint32_t length; /* when complete: of the whole head with its blank line; before: of the lines read so far */
    bool is_response;
    bool has_length, chunked, expects_continue; /* what the headers say */
    uint8_t minor_version;                      /* HTTP/1.0 or HTTP/1.1 */
    uint16_t status;                            /* of a response */
    uint32_t searched;
    struct http_part method, target; /* of a request */
    uint64_t content_length;
};

void http_head_start(struct http_head *head, bool is_response);

/* `bytes` always begins where the head begins; call it again with the same bytes and more until the answer is not
 * HTTP_MORE. */
enum http_progress http_head_read(struct http_head *head, const char *bytes, size_t length);

/* The first header of that name (any case), of a complete head; the value without the spaces around it. */
bool http_find_header(const struct http_head *head, const char *bytes, const char *name, struct http_part *value);

enum http_framing { HTTP_NO_BODY, HTTP_LENGTH, HTTP_CHUNKED, HTTP_UNTIL_CLOSE };

struct http_body {
    enum http_framing framing;
    uint8_t step;
    uint8_t digits;
    bool done, malformed; /* a body until close is done when the connection ends: only the caller knows */
    uint32_t overhead;    /* bytes of the present size line, or of the trailers */
    uint64_t left;        /* of the body, or of the present chunk */
};

/* `answers_head`: the response to a HEAD request, which has no body whatever its headers say. */
void http_body_start(struct http_body *body, const struct http_head *head, bool answers_head);

/* Takes bytes up to and including the next run of content; returns how many. `content` is the run, or empty. Ends early
 * when the body is done or malformed: look at these before calling again. */
size_t http_body_take(struct http_body *body, const char *bytes, size_t length, struct http_part *content);

/* The same for all of the bytes, when where the content lies is of no interest. */
size_t http_body_skip(struct http_body *body, const char *bytes, size_t length);

#endif
