#include "dns.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns-message.h"
#include "lines.h"
#include "loop.h"
#include "name-servers.h"

#ifndef HOSTS_FILE
#define HOSTS_FILE "/etc/hosts"
#endif

enum {
    ATTEMPTS = 4,         /* over all servers in turn */
    ATTEMPT_MS = 1200,    /* 4 of them: below the 5 s that a connection may take */
    OTHER_ANSWER_MS = 250 /* for the second answer once the first brought addresses */
};

/* The question for one family of addresses. */
struct question {
    bool is_answered;
    struct dns_query query;
    uint8_t packet[DNS_MOST_QUERY];
};

static struct {
    dns_found *found;
    const char *name;
    struct name_servers servers;
    struct address addresses[2][DNS_MOST_ADDRESSES]; /* as questions */
    size_t counts[2];
    struct question questions[2];
    uint8_t attempt;
    bool was_refused;
} lookup;

static struct loop_source source = {.fd = -1};
static struct loop_timer timer;

static void add_address(struct address *addresses, size_t *count, const struct address *address) {
    if (*count < DNS_MOST_ADDRESSES) addresses[(*count)++] = *address;
}

static void take_host(char **words, size_t count) {
    struct address address;
    if (!address_read(words[0], &address)) return;
    size_t family = address.size == 4 ? 0 : 1;
    for (size_t i = 1; i < count; i++)
        if (strcasecmp(words[i], lookup.name) == 0) {
            add_address(lookup.addresses[family], &lookup.counts[family], &address);
            return;
        }
}

enum dns_answer dns_read_answer(const uint8_t *packet, size_t length, const uint8_t *asked,
                                const struct dns_query *query, struct address *addresses, size_t *count) {
    if (!dns_is_answer(packet, length, asked, query->question_length)) return DNS_NOT_OURS;
    uint8_t code = packet[3] & 0x0f;
    if (code != DNS_NO_ERROR) return code == DNS_NO_SUCH_NAME ? DNS_ANSWERED : DNS_FAILED;
    struct dns_record record;
    size_t at = DNS_HEADER + query->question_length, size = query->type == DNS_A ? 4 : 16;
    for (uint16_t left = dns_get16(packet + 6); left; left--) {
        at = dns_read_record(packet, length, at, &record);
        if (!at || *count == DNS_MOST_ADDRESSES) break;
        if (record.type != query->type || record.class != DNS_CLASS_IN || record.data_length != size) continue;
        struct address *address = &addresses[(*count)++];
        address->size = (uint8_t)size;
        memcpy(address->bytes, packet + record.data, size);
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
            dns_read_answer(packet, length, question->packet, &question->query, lookup.addresses[i], &lookup.counts[i]);
        if (answer == DNS_NOT_OURS) continue;
        question->is_answered = answer == DNS_ANSWERED;
        if (answer == DNS_FAILED) lookup.was_refused = true;
        return;
    }
}

static void packet_ready(struct loop_source *ready, uint32_t events) {
    (void)events;
    uint8_t packet[DNS_LEAST_UDP];
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

static bool ask(void) {
    for (size_t i = 0; i < 2; i++) {
        struct question *question = &lookup.questions[i];
        uint16_t id;
        if (getrandom(&id, sizeof id, GRND_NONBLOCK) != sizeof id) return false;
        size_t length = dns_write_query(question->packet, id, &question->query);
        if (!question->is_answered && send(source.fd, question->packet, length, MSG_NOSIGNAL) < 0) return false;
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
        const struct address *server = &lookup.servers.servers[lookup.attempt++ % lookup.servers.count];
        lookup.was_refused = false;
        source.fd = address_connect(server, DNS_PORT, SOCK_DGRAM);
        if (source.fd >= 0 && loop_add(&source, EPOLLIN) && ask()) break;
    }
    loop_arm(&timer, ATTEMPT_MS);
}

static void time_passed(struct loop_timer *fired) {
    (void)fired;
    ask_next_server();
}

static bool prepare(struct question *question, uint16_t type) {
    size_t length = strlen(lookup.name);
    if (length == 0 || length > DNS_MOST_NAME) return false;
    memcpy(question->query.name, lookup.name, length + 1);
    question->query.type = type;
    size_t written = dns_write_query(question->packet, 0, &question->query);
    question->query.question_length = (uint16_t)(written - DNS_HEADER);
    return written > 0;
}

void dns_resolve(const char *name, dns_found *found) {
    dns_cancel();
    memset(&lookup, 0, sizeof lookup);
    lookup.name = name;
    lookup.found = found;
    source.ready = packet_ready;
    timer.fire = time_passed;
    lines_read(HOSTS_FILE, take_host);
    if (lookup.counts[0] || lookup.counts[1]) {
        finish(NULL);
        return;
    }
    name_servers_read(&lookup.servers);
    if (prepare(&lookup.questions[0], DNS_A) && prepare(&lookup.questions[1], DNS_AAAA))
        ask_next_server();
    else
        finish("it is no host name");
}
