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

/* Calls `take` with each line of a file, cut into words; longer lines are cut. */
enum { MOST_WORDS = 16 };
static void read_lines(const char *path, void (*take)(char **words, size_t count)) {
    char buffer[1024];
    size_t held = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return;
    bool is_cut = false;
    for (size_t blocks = 0; blocks < 256; blocks++) {
        ssize_t got = read(fd, buffer + held, sizeof buffer - 1 - held);
        size_t length = held + (got > 0 ? (size_t)got : 0);
        if (length == 0) break;
        buffer[length] = '\0';
        char *newline = strchr(buffer, '\n');
        size_t taken = newline ? (size_t)(newline - buffer) + 1 : length;
        if (newline || got <= 0 || length == sizeof buffer - 1) {
            char *words[MOST_WORDS], *rest = buffer;
            size_t count = 0;
            if (newline) *newline = '\0';
            rest[strcspn(rest, "#;")] = '\0';
            for (char *word; count < MOST_WORDS && (word = strtok_r(rest, " \t\r", &rest)); count++) words[count] = word;
            if (count && !is_cut) take(words, count);
            is_cut = !newline;
            held = length - taken;
            memmove(buffer, buffer + taken, held);
        } else {
            held = length;
        }
    }
    close(fd);
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
