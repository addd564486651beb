#include "dns.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "loop.h"
#include "memory.h"

#ifndef HOSTS_FILE
#define HOSTS_FILE "/etc/hosts"
#endif
#ifndef RESOLV_FILE
#define RESOLV_FILE "/etc/resolv.conf"
#endif
#ifndef DNS_PORT
#define DNS_PORT 53
#endif

enum {
    HEADER = 12,
    TYPE_A = 1,
    TYPE_AAAA = 28,
    CLASS_IN = 1,
    NO_SUCH_NAME = 3,
    MOST_SERVERS = 3,
    MOST_WORDS = 16,
    ATTEMPTS = 4,         /* over all servers in turn */
    ATTEMPT_MS = 1200,    /* 4 of them: below the 5 s that a connection may take */
    OTHER_ANSWER_MS = 250 /* for the second answer once the first brought addresses */
};

/* The question for one family of addresses. */
struct question {
    uint16_t type;
    bool is_answered;
    size_t length;
    uint8_t packet[HEADER + DNS_MOST_QUESTION];
};

static struct {
    dns_found *found;
    const char *name;
    struct address servers[MOST_SERVERS];
    struct address addresses[2][DNS_MOST_ADDRESSES]; /* as questions */
    size_t counts[2];
    struct question questions[2];
    uint8_t server_count, attempt;
    bool was_refused;
} lookup;

static _Alignas(MEMORY_PAGE) char file_text[65536];
static struct loop_source source = {.fd = -1};
static struct loop_timer timer;

bool dns_read_literal(const char *text, struct address *address) {
    if (inet_pton(AF_INET, text, address->bytes) == 1) {
        address->size = 4;
    } else if (inet_pton(AF_INET6, text, address->bytes) == 1) {
        address->size = 16;
    } else {
        return false;
    }
    return true;
}

/* Calls `take` with each line of a file, cut into words. */
static void read_lines(const char *path, void (*take)(char **words, size_t count)) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t length = fd < 0 ? 0 : read(fd, file_text, sizeof file_text - 1);
    if (fd >= 0) close(fd);
    file_text[length > 0 ? length : 0] = '\0';
    char *words[MOST_WORDS], *rest = file_text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        line[strcspn(line, "#;")] = '\0';
        size_t count = 0;
        while (count < MOST_WORDS && (words[count] = strtok_r(line, " \t\r", &line))) count++;
        if (count) take(words, count);
    }
    memory_release(file_text);
}

static void add_address(struct address *addresses, size_t *count, const struct address *address) {
    if (*count < DNS_MOST_ADDRESSES) addresses[(*count)++] = *address;
}

static void take_host(char **words, size_t count) {
    struct address address;
    if (!dns_read_literal(words[0], &address)) return;
    size_t family = address.size == 4 ? 0 : 1;
    for (size_t i = 1; i < count; i++)
        if (strcasecmp(words[i], lookup.name) == 0) {
            add_address(lookup.addresses[family], &lookup.counts[family], &address);
            return;
        }
}

static void take_server(char **words, size_t count) {
    if (count < 2 || strcmp(words[0], "nameserver") != 0 || lookup.server_count == MOST_SERVERS) return;
    if (dns_read_literal(words[1], &lookup.servers[lookup.server_count])) lookup.server_count++;
}

/* Labels, each after its length (RFC 1035, 3.1). */
static size_t write_name(uint8_t *at, size_t room, const char *name) {
    size_t written = 0;
    while (*name) {
        size_t label = strcspn(name, ".");
        if (label == 0 || label > 63 || written + label + 2 > room || written + label + 2 > 255) return 0;
        at[written] = (uint8_t)label;
        memcpy(at + written + 1, name, label);
        written += label + 1;
        name += label + (name[label] == '.');
    }
    if (written == 0) return 0;
    at[written] = 0;
    return written + 1;
}

static void put16(uint8_t *at, uint16_t number) {
    at[0] = (uint8_t)(number >> 8);
    at[1] = (uint8_t)number;
}

static uint16_t get16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }

size_t dns_write_question(uint8_t *packet, size_t size, uint16_t id, const char *name, uint16_t type) {
    if (size < HEADER + 4) return 0;
    memset(packet, 0, HEADER);
    put16(packet, id);
    packet[2] = 1; /* recursion desired */
    packet[5] = 1; /* one question */
    size_t length = write_name(packet + HEADER, size - HEADER - 4, name);
    if (!length) return 0;
    length += HEADER;
    put16(packet + length, type);
    put16(packet + length + 2, CLASS_IN);
    return length + 4;
}

/* Where the name at `at` ends, 0 when it does not. A pointer ends it and is not followed, so none can loop. */
static size_t skip_name(const uint8_t *packet, size_t length, size_t at) {
    while (at < length) {
        uint8_t label = packet[at];
        if (label == 0) return at + 1;
        if ((label & 0xc0) == 0xc0) return at + 2 <= length ? at + 2 : 0;
        if (label & 0xc0) return 0;
        at += (size_t)label + 1;
    }
    return 0;
}

/* Same id, an answer, and the question repeated; servers may change the case of its letters. */
static bool answers_question(const uint8_t *packet, size_t length, const uint8_t *question, size_t question_length) {
    if (length < question_length || question_length < HEADER) return false;
    if (memcmp(packet, question, 2) != 0 || (packet[2] & 0xf8) != 0x80 || get16(packet + 4) != 1) return false;
    for (size_t i = HEADER; i < question_length; i++) {
        uint8_t is = packet[i], asked = question[i];
        bool is_other_case = (is ^ asked) == 0x20 && (asked | 0x20) >= 'a' && (asked | 0x20) <= 'z';
        if (is != asked && !is_other_case) return false;
    }
    return true;
}

enum dns_answer dns_read_answer(const uint8_t *packet, size_t length, const uint8_t *question, size_t question_length,
                                struct address *addresses, size_t *count) {
    if (!answers_question(packet, length, question, question_length)) return DNS_NOT_OURS;
    uint8_t code = packet[3] & 0x0f;
    if (code != 0) return code == NO_SUCH_NAME ? DNS_ANSWERED : DNS_REFUSED;
    uint16_t type = get16(question + question_length - 4);
    size_t at = question_length, size = type == TYPE_A ? 4 : 16;
    for (uint16_t left = get16(packet + 6); left; left--) {
        at = skip_name(packet, length, at);
        if (!at || length - at < 10) break;
        size_t data_length = get16(packet + at + 8);
        bool is_wanted = get16(packet + at) == type && get16(packet + at + 2) == CLASS_IN && data_length == size;
        at += 10;
        if (data_length > length - at) break;
        if (is_wanted && *count < DNS_MOST_ADDRESSES) {
            struct address *address = &addresses[(*count)++];
            address->size = (uint8_t)size;
            memcpy(address->bytes, packet + at, size);
        }
        at += data_length;
    }
    return DNS_ANSWERED;
}

static void stop(void) {
    loop_disarm(&timer);
    if (source.fd < 0) return;
    loop_remove(&source);
    close(source.fd);
    source.fd = -1;
}

void dns_cancel(void) {
    stop();
    lookup.found = NULL;
}

static void finish(const char *trouble) {
    stop();
    struct address addresses[DNS_MOST_ADDRESSES];
    size_t count = 0;
    for (size_t family = 0; family < 2; family++)
        for (size_t i = 0; i < lookup.counts[family]; i++) add_address(addresses, &count, &lookup.addresses[family][i]);
    dns_found *found = lookup.found;
    lookup.found = NULL;
    if (found) found(addresses, count, count ? NULL : trouble);
}

static void ask_next_server(void);

static void handle_packet(const uint8_t *packet, size_t length) {
    for (size_t i = 0; i < 2; i++) {
        struct question *question = &lookup.questions[i];
        if (question->is_answered) continue;
        enum dns_answer answer =
            dns_read_answer(packet, length, question->packet, question->length, lookup.addresses[i], &lookup.counts[i]);
        if (answer == DNS_NOT_OURS) continue;
        question->is_answered = answer == DNS_ANSWERED;
        if (answer == DNS_REFUSED) lookup.was_refused = true;
        return;
    }
}

static void packet_ready(struct loop_source *ready, uint32_t events) {
    (void)events;
    uint8_t packet[DNS_MOST_ANSWER];
    ssize_t length = recv(ready->fd, packet, sizeof packet, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    lookup.was_refused = length < 0; /* ECONNREFUSED: nobody listens */
    if (length >= 0) handle_packet(packet, (size_t)length);
    if (lookup.questions[0].is_answered && lookup.questions[1].is_answered) {
        finish("the name has no address");
    } else if (lookup.was_refused) {
        ask_next_server();
    } else if (lookup.counts[0] || lookup.counts[1]) {
        loop_arm(&timer, OTHER_ANSWER_MS);
    }
}

static bool connect_to(const struct address *address) {
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(DNS_PORT)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(DNS_PORT)};
    bool is_v4 = address->size == 4;
    memcpy(is_v4 ? (void *)&v4.sin_addr : (void *)&v6.sin6_addr, address->bytes, address->size);
    source.fd = socket(is_v4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (source.fd < 0) return false;
    const void *to = is_v4 ? (const void *)&v4 : (const void *)&v6;
    return connect(source.fd, to, is_v4 ? sizeof v4 : sizeof v6) == 0 && loop_add(&source, EPOLLIN);
}

static bool ask(void) {
    for (size_t i = 0; i < 2; i++) {
        struct question *question = &lookup.questions[i];
        uint16_t id;
        if (getrandom(&id, sizeof id, GRND_NONBLOCK) != sizeof id) return false;
        question->length =
            dns_write_question(question->packet, sizeof question->packet, id, lookup.name, question->type);
        if (!question->is_answered && send(source.fd, question->packet, question->length, MSG_NOSIGNAL) < 0)
            return false;
    }
    return true;
}

static void ask_next_server(void) {
    for (;;) {
        stop();
        bool has_addresses = lookup.counts[0] || lookup.counts[1];
        if (has_addresses || lookup.attempt == ATTEMPTS) {
            finish("no name server answered");
            return;
        }
        const struct address *server = &lookup.servers[lookup.attempt++ % lookup.server_count];
        lookup.was_refused = false;
        if (connect_to(server) && ask()) break;
    }
    loop_arm(&timer, ATTEMPT_MS);
}

static void time_passed(struct loop_timer *fired) {
    (void)fired;
    ask_next_server();
}

void dns_resolve(const char *name, dns_found *found) {
    dns_cancel();
    memset(&lookup, 0, sizeof lookup);
    lookup.name = name;
    lookup.found = found;
    lookup.questions[0].type = TYPE_A;
    lookup.questions[1].type = TYPE_AAAA;
    source.ready = packet_ready;
    timer.fire = time_passed;
    read_lines(HOSTS_FILE, take_host);
    if (lookup.counts[0] || lookup.counts[1]) {
        finish(NULL);
        return;
    }
    read_lines(RESOLV_FILE, take_server);
    if (!lookup.server_count) dns_read_literal("127.0.0.1", &lookup.servers[lookup.server_count++]);
    uint8_t packet[HEADER + DNS_MOST_QUESTION];
    if (!dns_write_question(packet, sizeof packet, 0, name, TYPE_A))
        finish("it is no host name");
    else
        ask_next_server();
}
