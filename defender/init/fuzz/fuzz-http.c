/* clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined fuzz/fuzz-http.c src/http.c -o build/fuzz-http
 * build/fuzz-http -max_len=4096 CORPUS fuzz/http-seeds
 *
 * First byte: bit 0 a response, bit 1 to a HEAD request, the rest how the message is cut. Reading it in pieces must
 * give the same as reading it at once, and nothing outside of the bytes may be touched. */
#include "http.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    enum http_progress progress;
    struct http_head head;
    struct http_body body;
    size_t taken;
    uint64_t content; /* a hash of it */
};

static void require(bool holds) {
    if (!holds) abort();
}

/* Copies the first bytes to where an access behind them is noticed. */
static char *guarded(const uint8_t *bytes, size_t length) {
    char *copy = malloc(length ? length : 1);
    if (!copy) exit(1);
    memcpy(copy, bytes, length);
    return copy;
}

static void read_body(struct reading *reading, const uint8_t *bytes, size_t length) {
    char *copy = guarded(bytes, length);
    size_t at = 0;
    while (at < length && !reading->body.done && !reading->body.malformed) {
        struct http_part content;
        size_t taken = http_body_take(&reading->body, copy + at, length - at, &content);
        require(taken <= length - at && (taken || reading->body.malformed));
        require(!content.length || (content.at < taken && content.at + content.length == taken));
        for (uint32_t i = 0; i < content.length; i++)
            reading->content = (reading->content ^ (uint8_t)copy[at + content.at + i]) * 1099511628211u;
        at += taken;
    }
    reading->taken += at;
    free(copy);
}

static struct reading read_in_steps(const uint8_t *bytes, size_t length, size_t step, bool is_response,
                                    bool answers_head) {
    struct reading reading = {.progress = HTTP_MORE};
    http_head_start(&reading.head, is_response);
    size_t have = 0;
    while (reading.progress == HTTP_MORE && have < length) {
        have = length - have < step ? length : have + step;
        char *copy = guarded(bytes, have);
        reading.progress = http_head_read(&reading.head, copy, have);
        struct http_part value;
        if (reading.progress == HTTP_COMPLETE) {
            require(reading.head.length <= have && reading.head.length <= HTTP_MOST_HEAD);
            bool found = http_find_header(&reading.head, copy, "content-length", &value);
            require(found == reading.head.has_length);
            require(!found || value.at + value.length < reading.head.length);
        }
        free(copy);
    }
    if (reading.progress != HTTP_COMPLETE) return reading;
    require(!(reading.head.has_length && reading.head.chunked));
    http_body_start(&reading.body, &reading.head, answers_head);
    reading.taken = reading.head.length;
    while (reading.taken < length && !reading.body.done && !reading.body.malformed) {
        size_t left = length - reading.taken;
        read_body(&reading, bytes + reading.taken, left < step ? left : step);
    }
    return reading;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (!length) return 0;
    bool is_response = bytes[0] & 1, answers_head = bytes[0] & 2;
    size_t step = 1 + (bytes[0] >> 2);
    struct reading whole = read_in_steps(bytes + 1, length - 1, SIZE_MAX, is_response, answers_head);
    struct reading pieces = read_in_steps(bytes + 1, length - 1, step, is_response, answers_head);
    require(whole.progress == pieces.progress);
    if (whole.progress != HTTP_COMPLETE) return 0;
    require(memcmp(&whole.head, &pieces.head, offsetof(struct http_head, searched)) == 0);
    require(whole.taken == pieces.taken && whole.content == pieces.content);
    require(whole.body.done == pieces.body.done && whole.body.malformed == pieces.body.malformed);
    require(!(whole.body.done && whole.body.malformed) && whole.body.left == pieces.body.left);
    return 0;
}
