/* What a hostile Console answers, in pieces as TLS hands them over, at any time: the input is a row of events. Each
 * begins with a byte: its low three bits say what happens, the others how much. The link, the clock and the runtime's
 * audits are played here. No request may carry what the Console sent as anything but one header's value. */
#include "console.c" /* its state begins anew for each input */

enum event { ANSWER, LONG_ANSWER, LINK_OPENED, LINK_FAILED, WAIT, LONG_WAIT, AUDIT, RUNTIME_READY };
enum { TIMERS = 2, MOST_POLICY = 65536 };

static uint64_t now;
static struct loop_timer *timers[TIMERS];
static uint64_t due[TIMERS];
static const struct link_handler *linked;
static bool is_open;

static void require(bool holds) {
    if (!holds) abort();
}

uint64_t loop_now(void) { return now; }

void loop_arm(struct loop_timer *timer, uint32_t milliseconds) {
    for (int i = 0; i < TIMERS; i++) {
        if (timers[i] && timers[i] != timer) continue;
        timers[i] = timer;
        due[i] = now + milliseconds;
        return;
    }
    abort();
}

void loop_disarm(struct loop_timer *timer) {
    for (int i = 0; i < TIMERS; i++)
        if (timers[i] == timer) timers[i] = NULL;
}

static void fire_due(void) {
    for (int i = 0; i < TIMERS; i++) {
        struct loop_timer *timer = timers[i];
        if (!timer || due[i] > now) continue;
        timers[i] = NULL;
        timer->fire(timer);
    }
}

void loop_turn(int most_ms) {
    now += most_ms > 0 ? (uint64_t)most_ms : 1;
    fire_due();
}

void link_open(const char *host, uint16_t port, const struct configuration *configuration,
               const struct link_handler *handler) {
    (void)host, (void)port, (void)configuration;
    linked = handler;
    is_open = false;
}

void link_close(void) {
    linked = NULL;
    is_open = false;
}

void link_send(const struct span *parts, size_t count) {
    require(is_open && count && parts[0].length > 4);
    const char *head = (const char *)parts[0].bytes;
    size_t length = parts[0].length, lines = 0;
    require(memcmp(head, "POST /", 6) == 0 || memcmp(head, "GET /a", 6) == 0);
    for (size_t i = 0; i < length; i++) {
        require(head[i] >= ' ' || head[i] == '\r' || head[i] == '\n');
        lines += head[i] == '\n';
    }
    require(lines <= 7 && memcmp(head + length - 4, "\r\n\r\n", 4) == 0);
    require(memmem(head, length, "\r\n\r\n", 4) == head + length - 4);
}

void audit_defender(const char *message) {
    char line[500];
    size_t length = strlen(message);
    require(length < sizeof line - 1);
    memcpy(line, message, length);
    line[length] = '\n';
    console_deliver(line, length + 1);
}

void policy_received(const uint8_t *bytes, size_t length) {
    require(length <= MOST_POLICY);
    volatile uint8_t sum = 0;
    for (size_t i = 0; i < length; i++) sum += bytes[i];
}

/* Copied to where an access behind it is noticed. */
static void give(const uint8_t *bytes, size_t length) {
    uint8_t *copy = malloc(length);
    if (!copy) exit(1);
    memcpy(copy, bytes, length);
    linked->received((struct span){copy, length});
    free(copy);
}

static void deliver(size_t length) {
    static char line[4000];
    memset(line, 'x', length);
    line[length] = '\n';
    console_deliver(line, length + 1);
}

static void close_link(void) {
    const struct link_handler *handler = linked;
    link_close();
    handler->failed("it closed the connection");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static const struct policy policy = {.delivery_ms = 100, .refresh_seconds = 60};
    static const struct configuration configuration = {.console = {(const uint8_t *)"localhost:1", 11},
                                                       .token = {(const uint8_t *)"rf1.token", 9}};
    memset(&self, 0, sizeof self);
    memset(timers, 0, sizeof timers);
    link_close();
    queue_drop(queue_length());
    now = 1;
    console_open(&configuration, &policy);
    while (length) {
        enum event event = *bytes & 7;
        size_t amount = *bytes >> 3;
        bytes++, length--;
        size_t given = event == LONG_ANSWER ? 64 * (amount + 1) : amount + 1;
        if (given > length) given = length;
        if (event == LINK_OPENED && linked && !is_open) {
            is_open = true;
            linked->opened();
        } else if (event <= LONG_ANSWER && linked && is_open && given) {
            give(bytes, given);
        } else if (event == LINK_FAILED && linked) {
            close_link();
        } else if (event == WAIT || event == LONG_WAIT) {
            now += event == WAIT ? 10 * amount : 4000 * amount;
        } else if (event == AUDIT) {
            deliver(100 * (amount + 1));
        } else if (event == RUNTIME_READY) {
            console_begin();
        }
        if (event <= LONG_ANSWER) bytes += given, length -= given;
        fire_due();
    }
    console_finish();
    return 0;
}
