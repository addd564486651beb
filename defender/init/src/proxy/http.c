#include "http.h"

#include <string.h>
#include <strings.h>

enum chunk_step {
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK_SIZE_END,
    CHUNK_CONTENT,
    CHUNK_CONTENT_CR,
    CHUNK_CONTENT_LF,
    TRAILER_START,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_END,
    TRAILERS_END,
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The characters of methods and header names: RFC 9110, token. */
static bool is_token(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c)) return true;
    return c && strchr("!#$%&'*+-.^_`|~", c);
}

static bool is_text(char c) { return c == '\t' || ((uint8_t)c >= ' ' && c != 0x7f); }

static bool part_is(const char *bytes, struct http_part part, const char *text) {
    return part.length == strlen(text) && strncasecmp(bytes + part.at, text, part.length) == 0;
}

static uint32_t token_length(const char *bytes, uint32_t at, uint32_t end) {
    uint32_t from = at;
    while (at < end && is_token(bytes[at])) at++;
    return at - from;
}

static bool read_version(struct http_head *head, const char *text) {
    if (memcmp(text, "HTTP/1.", 7) != 0 || (text[7] != '0' && text[7] != '1')) return false;
    head->minor_version = (uint8_t)(text[7] - '0');
    return true;
}

static bool read_request_line(struct http_head *head, const char *bytes, uint32_t end) {
    head->method.length = token_length(bytes, 0, end);
    uint32_t at = head->method.length;
    if (at == 0 || at == end || bytes[at] != ' ') return false;
    head->target.at = ++at;
    while (at < end && bytes[at] > ' ' && bytes[at] < 0x7f) at++;
    head->target.length = at - head->target.at;
    return head->target.length && end - at == 9 && bytes[at] == ' ' && read_version(head, bytes + at + 1);
}

static bool read_status_line(struct http_head *head, const char *bytes, uint32_t end) {
    if (end < 12 || !read_version(head, bytes) || bytes[8] != ' ') return false;
    if (!is_digit(bytes[9]) || !is_digit(bytes[10]) || !is_digit(bytes[11])) return false;
    head->status = (uint16_t)((bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0'));
    if (head->status < 100 || head->status > 599 || (end > 12 && bytes[12] != ' ')) return false;
    for (uint32_t at = 12; at < end; at++)
        if (!is_text(bytes[at])) return false;
    return true;
}

static bool split_header(const char *bytes, uint32_t at, uint32_t end, struct http_part *name,
                         struct http_part *value) {
    name->at = at;
    name->length = token_length(bytes, at, end);
    at += name->length;
    if (!name->length || at == end || bytes[at] != ':') return false;
    for (at++; at < end && (bytes[at] == ' ' || bytes[at] == '\t');) at++;
    while (end > at && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) end--;
    value->at = at;
    value->length = end - at;
    return true;
}

static bool read_content_length(struct http_head *head, const char *bytes, struct http_part value) {
    if (head->has_length || value.length == 0 || value.length > 18) return false;
    head->has_length = true;
    for (uint32_t i = 0; i < value.length; i++) {
        char c = bytes[value.at + i];
        if (!is_digit(c)) return false;
        head->content_length = head->content_length * 10 + (uint64_t)(c - '0');
    }
    return true;
}

static bool read_header(struct http_head *head, const char *bytes, uint32_t at, uint32_t end) {
    struct http_part name, value;
    if (!split_header(bytes, at, end, &name, &value)) return false;
    for (uint32_t i = 0; i < value.length; i++)
        if (!is_text(bytes[value.at + i])) return false;
    if (part_is(bytes, name, "content-length")) return read_content_length(head, bytes, value);
    if (part_is(bytes, name, "transfer-encoding")) {
        if (head->chunked || !part_is(bytes, value, "chunked")) return false;
        head->chunked = true;
    } else if (part_is(bytes, name, "expect") && part_is(bytes, value, "100-continue")) {
        head->expects_continue = true;
    }
    return true;
}

static bool read_line(struct http_head *head, const char *bytes, uint32_t end) {
    if (head->length) return read_header(head, bytes, head->length, end);
    return head->is_response ? read_status_line(head, bytes, end) : read_request_line(head, bytes, end);
}

/* A first line that is none shows before it ends, if it ever does. */
static bool could_begin_head(const struct http_head *head, const char *bytes, size_t length) {
    if (!head->is_response) return length == 0 || is_token(bytes[0]);
    return memcmp(bytes, "HTTP/1.", length < 7 ? length : 7) == 0;
}

void http_head_start(struct http_head *head, bool is_response) {
    memset(head, 0, sizeof *head);
    head->is_response = is_response;
}

enum http_progress http_head_read(struct http_head *head, const char *bytes, size_t length) {
    if (head->length == 0 && !could_begin_head(head, bytes, length)) return HTTP_MALFORMED;
    uint32_t most = length < HTTP_MOST_HEAD ? (uint32_t)length : HTTP_MOST_HEAD;
    while (head->searched < most) {
        const char *newline = memchr(bytes + head->searched, '\n', most - head->searched);
        if (!newline) break;
        uint32_t end = (uint32_t)(newline - bytes);
        if (end == head->length || bytes[end - 1] != '\r') return HTTP_MALFORMED;
        bool is_blank = end - head->length == 1;
        if (is_blank ? head->length == 0 : !read_line(head, bytes, end - 1)) return HTTP_MALFORMED;
        head->length = head->searched = end + 1;
        if (!is_blank) continue;
        bool contradicts = head->chunked && (head->has_length || head->minor_version == 0);
        return contradicts ? HTTP_MALFORMED : HTTP_COMPLETE;
    }
    head->searched = most;
    return most == HTTP_MOST_HEAD ? HTTP_TOO_LONG : HTTP_MORE;
}

bool http_find_header(const struct http_head *head, const char *bytes, const char *name, struct http_part *value) {
    const char *newline = memchr(bytes, '\n', head->length);
    for (uint32_t at = (uint32_t)(newline - bytes) + 1; at + 2 < head->length; at = (uint32_t)(newline - bytes) + 1) {
        newline = memchr(bytes + at, '\n', head->length - at);
        struct http_part found;
        split_header(bytes, at, (uint32_t)(newline - bytes) - 1, &found, value);
        if (part_is(bytes, found, name)) return true;
    }
    return false;
}

void http_body_start(struct http_body *body, const struct http_head *head, bool answers_head) {
    memset(body, 0, sizeof *body);
    bool has_none =
        head->is_response && (answers_head || head->status < 200 || head->status == 204 || head->status == 304);
    if (has_none) {
        body->framing = HTTP_NO_BODY;
    } else if (head->chunked) {
        body->framing = HTTP_CHUNKED;
    } else if (head->has_length) {
        body->framing = HTTP_LENGTH;
        body->left = head->content_length;
    } else {
        body->framing = head->is_response ? HTTP_UNTIL_CLOSE : HTTP_NO_BODY;
    }
    body->done = body->framing == HTTP_NO_BODY || (body->framing == HTTP_LENGTH && body->left == 0);
}

static int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_size_character(struct http_body *body, char c) {
    int digit = hex_value(c);
    if (digit >= 0) {
        if (++body->digits > 15) return false;
        body->left = body->left * 16 + (uint64_t)digit;
        return true;
    }
    body->step = c == '\r' ? CHUNK_SIZE_END : CHUNK_EXTENSION;
    return body->digits && (c == '\r' || c == ';');
}

static bool end_size_line(struct http_body *body) {
    body->step = body->left ? CHUNK_CONTENT : TRAILER_START;
    body->overhead = body->digits = 0;
    return true;
}

/* One character of the chunked framing; false when it must not stand here. */
static bool read_framing(struct http_body *body, char c) {
    if (++body->overhead > HTTP_MOST_HEAD) return false;
    switch (body->step) {
    case CHUNK_SIZE:
        return read_size_character(body, c);
    case CHUNK_EXTENSION:
        if (c == '\r') body->step = CHUNK_SIZE_END;
        return c == '\r' || is_text(c);
    case CHUNK_SIZE_END:
        return c == '\n' && end_size_line(body);
    case CHUNK_CONTENT_CR:
        body->step = CHUNK_CONTENT_LF;
        return c == '\r';
    case CHUNK_CONTENT_LF:
        body->step = CHUNK_SIZE;
        return c == '\n';
    case TRAILER_START:
        body->step = c == '\r' ? TRAILERS_END : TRAILER_NAME;
        return c == '\r' || is_token(c);
    case TRAILER_NAME:
        if (c == ':') body->step = TRAILER_VALUE;
        return c == ':' || is_token(c);
    case TRAILER_VALUE:
        if (c == '\r') body->step = TRAILER_END;
        return c == '\r' || is_text(c);
    case TRAILER_END:
        body->step = TRAILER_START;
        return c == '\n';
    case TRAILERS_END:
        body->done = c == '\n';
        return body->done;
    default:
        return false;
    }
}

static size_t take_content(struct http_body *body, size_t length) {
    if (body->framing == HTTP_UNTIL_CLOSE) return length;
    size_t run = length < body->left ? length : (size_t)body->left;
    body->left -= run;
    if (body->left) return run;
    if (body->framing == HTTP_LENGTH) body->done = true;
    body->step = CHUNK_CONTENT_CR;
    return run;
}

size_t http_body_take(struct http_body *body, const char *bytes, size_t length, struct http_part *content) {
    size_t at = 0;
    content->at = content->length = 0;
    while (at < length && !body->done && !body->malformed) {
        if (body->framing != HTTP_CHUNKED || body->step == CHUNK_CONTENT) {
            size_t run = take_content(body, length - at);
            content->at = (uint32_t)at;
            content->length = (uint32_t)run;
            return at + run;
        }
        if (read_framing(body, bytes[at]))
            at++;
        else
            body->malformed = true;
    }
    return at;
}

size_t http_body_skip(struct http_body *body, const char *bytes, size_t length) {
    size_t at = 0;
    struct http_part content;
    while (at < length && !body->done && !body->malformed)
        at += http_body_take(body, bytes + at, length - at, &content);
    return at;
}
