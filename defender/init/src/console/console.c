#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "audit.h"
#include "bytes.h"
#include "http.h"
#include "link.h"
#include "loop.h"
#include "memory.h"
#include "queue.h"

#ifndef CONSOLE_PATIENCE_MS
#define CONSOLE_PATIENCE_MS 10000 /* for a whole answer */
#endif

enum {
    BATCH_WAIT_MS = 50,
    START_WAIT_MS = 250, /* a TLS handshake takes processor time that the starting runtime can use better */
    BATCH_READY = 8192,  /* bytes that do not wait for more */
    IDLE_MS = 10000,
    FIRST_BACKOFF_MS = 250,
    MOST_BACKOFF_MS = 60000,
    MOST_REFRESH_SECONDS = 86400,
    MOST_HOST = 253,
    MOST_ETAG = 80,
    MOST_LINE = 4000,
    MOST_REQUEST = 1024,
    MOST_HEAD = 4096,
    MOST_BODY = 65536
};

enum exchange { NOTHING, AUDITS, POLICY };

static struct {
    const struct configuration *configuration;
    const struct policy *policy;
    bool is_open, is_linking, is_linked, is_reused, is_finishing, is_quiet;
    enum exchange exchange;
    uint8_t failures;
    uint16_t port;
    uint16_t told_status[3]; /* by exchange: refused with this, and told so */
    uint32_t dropped;
    uint64_t batch_due, policy_due, not_before;
    bool waits_for_runtime;
    size_t batch_limit, batch_length;
    char host[MOST_HOST + 1];
    char etag[MOST_ETAG];
} self;

/* Only needed while linked. */
static struct {
    _Alignas(MEMORY_PAGE) char request[MOST_REQUEST];
    struct http_head head;
    struct http_body body;
    bool has_head;
    size_t head_length, body_length;
    char head_bytes[MOST_HEAD];
} answer;

static _Alignas(MEMORY_PAGE) uint8_t body_bytes[MOST_BODY];
static struct loop_timer work, limit;

/* Words about the Console. Telling it that it can't be reached would only fail again, so that stays on stdout. */
static void report(const char *words, bool is_for_console) {
    char message[400];
    snprintf(message, sizeof message, "the Console at %s port %u: %s", self.host, self.port, words);
    self.is_quiet = !is_for_console;
    audit_defender(message);
    self.is_quiet = false;
}

/* At most a quarter less, so that many functions do not ask at the same moment. */
static uint64_t jittered(uint64_t milliseconds) {
    uint16_t random = 0;
    if (getrandom(&random, sizeof random, GRND_NONBLOCK) != sizeof random) random = 0;
    return milliseconds - (milliseconds * random >> 18);
}

static bool has_batch(uint64_t now) {
    size_t length = queue_length();
    return length && (self.is_finishing || length >= BATCH_READY || now >= self.batch_due);
}

/* Has the work timer fire when there is something to do. */
static void schedule(void) {
    if (!self.is_open || self.exchange != NOTHING || self.is_linking) return;
    if (self.is_finishing && !queue_length()) return; /* no policy is fetched any more */
    uint64_t now = loop_now(), due = self.policy_due;
    if (self.is_finishing || has_batch(now)) {
        due = now;
    } else if (queue_length() && self.batch_due < due) {
        due = self.batch_due;
    }
    if (due < self.not_before) due = self.not_before;
    loop_arm(&work, due > now ? (uint32_t)(due - now) : 0);
}

static void release_answer(void) {
    memory_release(answer);
    memory_release(body_bytes);
}

static void end_link(void) {
    link_close();
    loop_disarm(&limit);
    self.is_linking = self.is_linked = self.is_reused = false;
    self.exchange = NOTHING;
    release_answer();
}

static void stop(const char *words) {
    end_link();
    loop_disarm(&work);
    queue_drop(queue_length());
    self.is_open = false;
    report(words, false);
}

/* Tries again later; an outage is told once, when it begins. */
static void fail(const char *trouble, uint64_t at_least_ms) {
    end_link();
    if (self.failures == 0) {
        char words[200];
        snprintf(words, sizeof words, "%s; audits go to stdout only until it can be reached again", trouble);
        report(words, false);
    }
    uint64_t wait = self.failures < 8 ? (uint64_t)FIRST_BACKOFF_MS << self.failures : MOST_BACKOFF_MS;
    if (self.failures < UINT8_MAX) self.failures++;
    wait = jittered(wait < MOST_BACKOFF_MS ? wait : MOST_BACKOFF_MS);
    self.waits_for_runtime = false;
    self.not_before = loop_now() + (wait > at_least_ms ? wait : at_least_ms);
    schedule();
}

static bool is_header(const char *name, struct http_part *value) {
    return http_find_header(&answer.head, answer.head_bytes, name, value);
}

static uint64_t retry_after_ms(void) {
    struct http_part value;
    uint64_t seconds = 0;
    if (!is_header("retry-after", &value)) return 0;
    for (uint32_t i = 0; i < value.length && seconds < MOST_BACKOFF_MS; i++) {
        char c = answer.head_bytes[value.at + i];
        if (c < '0' || c > '9') return 0;
        seconds = seconds * 10 + (uint64_t)(c - '0');
    }
    return seconds * 1000 < MOST_BACKOFF_MS ? seconds * 1000 : MOST_BACKOFF_MS;
}

static void keep_etag(void) {
    struct http_part value;
    self.etag[0] = '\0';
    if (!is_header("etag", &value) || value.length >= MOST_ETAG) return;
    for (uint32_t i = 0; i < value.length; i++)
        if (answer.head_bytes[value.at + i] <= ' ' || answer.head_bytes[value.at + i] > '~') return;
    memcpy(self.etag, answer.head_bytes + value.at, value.length);
    self.etag[value.length] = '\0';
}

static bool closes_link(void) {
    struct http_part value;
    if (answer.head.minor_version == 0) return true;
    if (!is_header("connection", &value)) return false;
    return value.length == 5 && strncasecmp(answer.head_bytes + value.at, "close", 5) == 0;
}

/* What can't be mended by sending it again. Told once for each status, until the next success. */
static void tell_refusal(uint16_t status) {
    if (self.told_status[self.exchange] == status) return;
    self.told_status[self.exchange] = status;
    char words[100];
    const char *what = self.exchange == AUDITS ? "audits" : "the request for the policy";
    snprintf(words, sizeof words, "it refused %s with status %u", what, status);
    report(words, false);
}

static void tell_dropped(void) {
    if (!self.dropped) return;
    char words[100];
    snprintf(words, sizeof words, "%u audits were not delivered and are on stdout only", self.dropped);
    self.dropped = 0;
    report(words, true);
}

static void take_audits_answer(uint16_t status) {
    if (status == 200) {
        queue_drop(self.batch_length);
        tell_dropped();
    } else if (status == 413 && self.batch_length > MOST_LINE) {
        self.batch_limit = self.batch_length / 2;
    } else {
        tell_refusal(status);
        self.dropped += queue_drop(self.batch_length);
    }
}

static void take_policy_answer(uint16_t status) {
    uint32_t seconds = self.policy->refresh_seconds;
    if (seconds > MOST_REFRESH_SECONDS) seconds = MOST_REFRESH_SECONDS;
    self.policy_due = loop_now() + jittered(seconds ? seconds * 1000ull : 1000);
    if (status == 200) {
        keep_etag();
        policy_received(body_bytes, answer.body_length);
    } else if (status != 304) {
        tell_refusal(status);
    }
}

static void finish_answer(void) {
    uint16_t status = answer.head.status;
    char words[60];
    snprintf(words, sizeof words, "it answered with status %u", status);
    if (status == 401 || status == 403) {
        stop("it does not accept this function's token; audits go to stdout only from now on");
        return;
    }
    if (status == 429 || status >= 500) {
        fail(words, retry_after_ms());
        return;
    }
    self.failures = 0;
    self.not_before = 0;
    if (status == 200 || status == 304) self.told_status[self.exchange] = 0;
    bool is_last = closes_link();
    if (self.exchange == AUDITS)
        take_audits_answer(status);
    else
        take_policy_answer(status);
    self.exchange = NOTHING;
    self.is_reused = true;
    release_answer();
    if (is_last)
        end_link();
    else
        loop_arm(&limit, IDLE_MS);
    schedule();
}

/* Takes bytes into the head; returns how many belong to it, or sets `trouble`. */
static size_t take_head(struct span bytes, const char **trouble) {
    size_t before = answer.head_length, room = MOST_HEAD - before;
    size_t length = bytes.length < room ? bytes.length : room;
    memcpy(answer.head_bytes + before, bytes.bytes, length);
    answer.head_length += length;
    enum http_progress progress = http_head_read(&answer.head, answer.head_bytes, answer.head_length);
    if (progress == HTTP_MORE && answer.head_length < MOST_HEAD) return length;
    if (progress != HTTP_COMPLETE) {
        *trouble = progress == HTTP_MALFORMED ? "its answer is not proper HTTP" : "its answer's headers are too long";
        return length;
    }
    http_body_start(&answer.body, &answer.head, false);
    answer.has_head = true;
    if (answer.body.framing == HTTP_UNTIL_CLOSE) *trouble = "its answer does not tell its length";
    return answer.head.length - before;
}

static size_t take_body(struct span bytes, const char **trouble) {
    struct http_part content;
    size_t taken = http_body_take(&answer.body, (const char *)bytes.bytes, bytes.length, &content);
    if (answer.body.malformed) *trouble = "its answer is not proper HTTP";
    if (content.length > MOST_BODY - answer.body_length) {
        *trouble = "its answer is longer than 64 KiB";
        return taken;
    }
    memcpy(body_bytes + answer.body_length, bytes.bytes + content.at, content.length);
    answer.body_length += content.length;
    return taken;
}

static void start_answer(void) {
    answer.has_head = false;
    answer.head_length = answer.body_length = 0;
    http_head_start(&answer.head, true);
}

static void link_received(struct span bytes) {
    const char *trouble = self.exchange == NOTHING ? "it sent something that nobody asked for" : NULL;
    while (bytes.length && !trouble) {
        size_t taken = answer.has_head ? take_body(bytes, &trouble) : take_head(bytes, &trouble);
        bytes.bytes += taken;
        bytes.length -= taken;
        if (trouble || !answer.has_head || !answer.body.done) continue;
        if (answer.head.status < 200) {
            start_answer();
        } else if (bytes.length) {
            trouble = "it sent more than an answer";
        } else {
            finish_answer();
            return;
        }
    }
    if (trouble) fail(trouble, 0);
}

static void link_failed(const char *trouble) {
    bool is_idle = self.is_linked && self.exchange == NOTHING;
    bool was_stale = self.is_reused && self.exchange != NOTHING && answer.head_length == 0;
    if (!is_idle && !was_stale) {
        fail(trouble, 0);
        return;
    }
    end_link();
    schedule();
}

static int write_request(const char *line) {
    const struct span *token = &self.configuration->token, *host = &self.configuration->console;
    return snprintf(answer.request, sizeof answer.request,
                    "%s HTTP/1.1\r\nHost: %.*s\r\nAuthorization: Bearer %.*s\r\n"
                    "User-Agent: ringfence-init/" RINGFENCE_VERSION "\r\n",
                    line, (int)host->length, (const char *)host->bytes, (int)token->length, (const char *)token->bytes);
}

static void begin(enum exchange exchange) {
    struct span parts[LINK_MOST_PARTS] = {{NULL, 0}};
    bool is_post = exchange == AUDITS;
    self.exchange = exchange;
    start_answer();
    int length = write_request(is_post ? "POST /api/defender/audits" : "GET /api/defender/policy");
    char *at = answer.request + length;
    size_t room = sizeof answer.request - (size_t)length;
    if (is_post) {
        self.batch_length = queue_oldest(self.batch_limit, parts + 1);
        length +=
            snprintf(at, room, "Content-Type: application/x-ndjson\r\nContent-Length: %zu\r\n\r\n", self.batch_length);
    } else {
        const char *etag = self.etag;
        length += snprintf(at, room, "%s%s%s\r\n", *etag ? "If-None-Match: " : "", etag, *etag ? "\r\n" : "");
    }
    parts[0] = (struct span){(const uint8_t *)answer.request, (size_t)length};
    loop_arm(&limit, CONSOLE_PATIENCE_MS);
    link_send(parts, LINK_MOST_PARTS);
}

static const struct link_handler handler;

static void work_due(struct loop_timer *timer) {
    (void)timer;
    uint64_t now = loop_now();
    bool wants_policy = now >= self.policy_due && !self.is_finishing;
    if (now < self.not_before || (!wants_policy && !has_batch(now))) {
        schedule();
    } else if (self.is_linked) {
        begin(wants_policy ? POLICY : AUDITS);
    } else {
        self.is_linking = true;
        link_open(self.host, self.port, self.configuration, &handler);
    }
}

static void link_opened(void) {
    self.is_linking = false;
    self.is_linked = true;
    loop_arm(&limit, IDLE_MS);
    schedule();
}

static const struct link_handler handler = {.opened = link_opened, .received = link_received, .failed = link_failed};

static void limit_reached(struct loop_timer *timer) {
    (void)timer;
    if (self.exchange != NOTHING)
        fail("it gave no complete answer in time", 0);
    else
        end_link();
}

static bool is_printable(struct span text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] <= ' ' || text.bytes[i] > '~') return false;
    return text.length;
}

/* "host:port"; an IPv6 address stands in brackets. */
static bool read_address(struct span text) {
    size_t colon = text.length;
    while (colon && text.bytes[colon - 1] != ':') colon--;
    uint32_t port = 0;
    for (size_t i = colon; i < text.length && port <= UINT16_MAX; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9') return false;
        port = port * 10 + (uint32_t)(text.bytes[i] - '0');
    }
    if (colon < 2 || port == 0 || port > UINT16_MAX) return false;
    struct span host = {text.bytes, colon - 1};
    if (host.bytes[0] == '[' && host.bytes[host.length - 1] == ']')
        host = (struct span){host.bytes + 1, host.length - 2};
    if (host.length == 0 || host.length > MOST_HOST) return false;
    memcpy(self.host, host.bytes, host.length);
    self.port = (uint16_t)port;
    return true;
}

void console_open(const struct configuration *configuration, const struct policy *policy) {
    if (!configuration->console.length) return;
    if (!is_printable(configuration->console) || !read_address(configuration->console)) {
        audit_defender("the configuration's address of the Console is not host:port; audits go to stdout only");
        return;
    }
    if (!is_printable(configuration->token) || configuration->token.length > MOST_REQUEST / 2) {
        audit_defender("the configuration has no proper function token for the Console; audits go to stdout only");
        return;
    }
    self.configuration = configuration;
    self.policy = policy;
    self.batch_limit = QUEUE_SIZE;
    self.policy_due = loop_now() + BATCH_WAIT_MS;
    self.waits_for_runtime = true;
    self.not_before = loop_now() + START_WAIT_MS;
    self.is_open = true;
    work.fire = work_due;
    limit.fire = limit_reached;
    schedule();
}

bool console_deliver(const char *line, size_t length) {
    if (!self.is_open) return false;
    if (self.is_quiet) return true;
    if (!queue_length()) self.batch_due = loop_now() + BATCH_WAIT_MS;
    bool has_room = queue_add(line, length);
    if (!has_room) self.dropped++;
    schedule();
    return has_room;
}

void console_begin(void) {
    if (!self.is_open || !self.waits_for_runtime) return;
    self.waits_for_runtime = false;
    self.not_before = 0;
    schedule();
}

void console_use_policy(const struct policy *policy) { self.policy = policy; }

void console_finish(void) {
    if (!self.is_open) return;
    console_begin();
    uint64_t end = loop_now() + self.policy->delivery_ms;
    self.is_finishing = true;
    schedule();
    while (self.is_open && queue_length() && loop_now() < end && loop_now() >= self.not_before)
        loop_turn((int)(end - loop_now()));
    if (self.is_open) end_link();
    self.is_open = false;
}
