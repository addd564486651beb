#include "audit.h"

#include <linux/fs.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "bytes.h"
#include "console.h"
#include "loop.h"
#include "memory.h"

enum {
    MAX_LINE = 4000, /* with the newline; pipe writes of up to 4,096 bytes are atomic (pipe(7)) */
    MAX_BODY = 3200,
    LINE_WITHOUT_BODY = 384, /* id, time, instance, request, count and the room that json.c keeps */
    DETAIL_ROOM = 64,
    MAX_MESSAGE = 400,
    MAX_REQUEST = 64,
    WINDOW_MS = 10000,
    HELD = 8,
    BURST = 400,
    REFILL_A_SECOND = 100,
    FULL_STDOUT_WAIT_MS = 5
};

/* An audit of which repetitions are counted: one page each, given back at the end of its window. */
struct held {
    uint64_t hash; /* 0: free */
    uint64_t until;
    uint32_t repeated;
    uint32_t length;
    char body[4096 - 24];
};

static _Alignas(4096) struct held held[HELD];
static uint8_t held_in_use;
static struct loop_timer window_timer;
static char function_json[1024];
static size_t function_length;
static char instance[17];
static char request[MAX_REQUEST + 1];
static uint32_t tokens = BURST;
static uint64_t tokens_at;
static uint32_t unwritten, unprinted;

static void write_hex(char *out, const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) sprintf(out + 2 * i, "%02x", bytes[i]);
}

/* Sortable by time: 48 bits of Unix milliseconds, then 80 random bits. */
static void write_id(char out[33], const struct timespec *now) {
    uint8_t id[16];
    uint64_t ms = (uint64_t)now->tv_sec * 1000 + (uint64_t)now->tv_nsec / 1000000;
    for (int i = 0; i < 6; i++) id[i] = (uint8_t)(ms >> (40 - 8 * i));
    if (getrandom(id + 6, 10, 0) != 10) abort();
    write_hex(out, id, sizeof id);
}

static void put_span(struct json *json, const char *key, struct span span) {
    json_bytes(json, key, span.bytes, span.length, 256);
}

void audit_open(const struct configuration *configuration) {
    const char *version = getenv("AWS_LAMBDA_FUNCTION_VERSION");
    struct json json;
    json_start(&json, function_json, sizeof function_json);
    json_open(&json, NULL, '{');
    put_span(&json, "cloud", configuration->cloud);
    put_span(&json, "account", configuration->account);
    put_span(&json, "region", configuration->region);
    put_span(&json, "name", configuration->name);
    json_bytes(&json, "version", version ? version : "", version ? strlen(version) : 0, 32);
    put_span(&json, "runtime", configuration->runtime);
    put_span(&json, "arch", configuration->arch);
    json_close(&json, '}');
    function_length = json.length;
    uint8_t random[8];
    if (getrandom(random, sizeof random, 0) != sizeof random) abort();
    write_hex(instance, random, sizeof random);
}

void audit_set_request(const char *id, size_t length) {
    if (length > MAX_REQUEST) length = MAX_REQUEST;
    memcpy(request, id, length);
    request[length] = '\0';
}

/* Never blocks for long: a reader that is gone or stuck must not stop the guard. */
static bool print_line(const char *line, size_t length) {
    struct iovec piece = {.iov_base = (void *)(uintptr_t)line, .iov_len = length};
    long written =
        syscall(SYS_pwritev2, STDOUT_FILENO, &piece, 1, -1L, -1L, RWF_NOWAIT); /* musl 1.2.3 has no wrapper */
    if (written >= 0) return written == (long)length;
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    if (poll(&out, 1, FULL_STDOUT_WAIT_MS) != 1 || !(out.revents & POLLOUT)) return false;
    return write(STDOUT_FILENO, line, length) == (ssize_t)length;
}

/* `body` is what stays the same when an audit repeats: from "type" to the end of "detail". */
static void write_line(const char *body, size_t length, uint32_t count) {
    char line[MAX_LINE], id[33], when[32];
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    snprintf(when, sizeof when, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1,
             parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, (int)(now.tv_nsec / 1000000));
    write_id(id, &now);

    struct json json;
    json_start(&json, line, sizeof line - 2);
    json_open(&json, NULL, '{');
    json_number(&json, "ringfence", 1);
    json_text(&json, "id", id);
    json_text(&json, "time", when);
    json_raw(&json, "function", function_json, function_length);
    json_text(&json, "instance", instance);
    json_text(&json, "request", request);
    json_number(&json, "count", count);
    json_raw(&json, NULL, body, length);
    json_close(&json, '}');
    line[json.length] = '\n';
    if (!print_line(line, json.length + 1)) unprinted++;
    console_deliver(line, json.length + 1);
}

static size_t write_body(const struct audit *audit, char *body, size_t size) {
    struct json json;
    json_start(&json, body, size);
    json_text(&json, "type", audit->type);
    json_text(&json, "effect", effect_names[audit->effect]);
    json_text(&json, "action", audit->action);
    json_bytes(&json, "message", audit->message, strlen(audit->message), MAX_MESSAGE);
    bool has_room = audit->detail && json.length + audit->detail->length + DETAIL_ROOM < size;
    json_raw(&json, "detail", has_room ? audit->detail->text : "{}", has_room ? audit->detail->length : 2);
    return json.length;
}

/* FNV-1a, 64 bit. */
static uint64_t hash_of(const char *bytes, size_t length) {
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < length; i++) hash = (hash ^ (uint8_t)bytes[i]) * 0x100000001b3;
    return hash ? hash : 1;
}

static void release(struct held *slot) {
    if (slot->repeated) write_line(slot->body, slot->length, slot->repeated);
    slot->hash = 0;
    held_in_use--;
    memory_release(*slot);
}

static void report_unwritten(void) {
    if (!unwritten && !unprinted) return;
    char message[160];
    snprintf(message, sizeof message,
             "%u audits came too fast and were only counted, %u could not be written to stdout", unwritten, unprinted);
    unwritten = unprinted = 0;
    audit_defender(message);
}

static void close_windows(struct loop_timer *timer) {
    uint64_t next = 0;
    for (struct held *slot = held; slot < held + HELD; slot++) {
        if (!slot->hash) continue;
        if (slot->until <= loop_now()) {
            release(slot);
        } else if (!next || slot->until < next) {
            next = slot->until;
        }
    }
    report_unwritten();
    if (held_in_use && !timer->due) loop_arm(timer, next > loop_now() ? (uint32_t)(next - loop_now()) : 1);
}

static struct held *free_slot(void) {
    struct held *oldest = held;
    for (struct held *slot = held; slot < held + HELD; slot++) {
        if (!slot->hash) return slot;
        if (slot->until < oldest->until) oldest = slot;
    }
    release(oldest);
    return oldest;
}

static bool take_token(void) {
    uint64_t seconds = (loop_now() - tokens_at) / 1000;
    if (seconds) {
        tokens = seconds > BURST ? BURST : tokens + (uint32_t)seconds * REFILL_A_SECOND;
        if (tokens > BURST) tokens = BURST;
        tokens_at = loop_now();
    }
    if (!tokens) return false;
    tokens--;
    return true;
}

void audit_emit(const struct audit *audit) {
    char body[MAX_BODY];
    size_t room = MAX_LINE - LINE_WITHOUT_BODY - function_length;
    size_t length = write_body(audit, body, room < sizeof body ? room : sizeof body);
    uint64_t hash = hash_of(body, length);
    for (struct held *slot = held; held_in_use && slot < held + HELD; slot++)
        if (slot->hash == hash && slot->length == length && memcmp(slot->body, body, length) == 0) {
            slot->repeated++;
            return;
        }
    if (!window_timer.due) {
        window_timer.fire = close_windows;
        loop_arm(&window_timer, WINDOW_MS);
    }
    if (!take_token()) {
        unwritten++;
        return;
    }
    write_line(body, length, 1);
    struct held *slot = free_slot();
    *slot = (struct held){.hash = hash, .until = loop_now() + WINDOW_MS, .length = (uint32_t)length};
    memcpy(slot->body, body, length);
    held_in_use++;
}

void audit_defender(const char *message) {
    audit_emit(&(struct audit){.type = "defender", .effect = EFFECT_ALERT, .action = "reported", .message = message});
}

void audit_flush(void) {
    for (struct held *slot = held; slot < held + HELD; slot++)
        if (slot->hash) release(slot);
    report_unwritten();
}
