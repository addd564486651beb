/* A client's query and a server's answer to it: two bytes with the length of the query, then both. What of the query
 * goes on to a server is judged with a policy of two names. */
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "guard.h"
#include "learn.h"
#include "lookup.h"
#include "loop.h"
#include "redirect.h"
#include "surroundings.h"
#include "target.h"

struct surroundings surroundings;
static struct policy policy;

const struct policy *guard_policy(void) { return &policy; }

void audit_emit(const struct audit *audit) { (void)audit; }

void learn_access(const struct access *access) { (void)access; }

uint64_t loop_now(void) { return 1; }

pid_t redirect_find_thread(uint16_t port) { return (void)port, 1; }

void target_executable_path(pid_t thread, char path[static PATH_MAX]) { (void)thread, strcpy(path, "/bin/true"); }

const char *base_name(const char *path) { return path; }

static void require(bool holds) {
    if (!holds) abort();
}

static const char first_name[] = "*.good.test", second_name[] = "one.test";

static size_t put_domain(uint8_t *at, const char *glob) {
    const uint8_t head[] = {3, 0, 0, 0, 0xff, 0xff, (uint8_t)strlen(glob), 0};
    memcpy(at, head, sizeof head);
    memcpy(at + sizeof head, glob, strlen(glob));
    return sizeof head + strlen(glob);
}

static void read_rules(void) {
    static uint8_t section[64] = {EFFECT_PREVENT, 0, 0, 0, 2, 0, 0, 0};
    size_t length = 8;
    length += put_domain(section + length, first_name);
    length += put_domain(section + length, second_name);
    require(network_rules_read(&policy.network, (struct span){section, length}) == NULL);
}

static void *copy_of(const uint8_t *bytes, size_t size) {
    void *copy = malloc(size ? size : 1);
    if (!copy) exit(1);
    memcpy(copy, bytes, size);
    return copy;
}

/* Whatever the client wrote, this is well-formed and has no more in it than a name, a type and some flags. */
static size_t check_forwarded(const struct dns_query *query, uint8_t asked[static DNS_MOST_QUERY]) {
    struct dns_query again;
    size_t length = dns_write_query(asked, 0x1234, query);
    require(length > DNS_HEADER && length <= DNS_MOST_QUERY);
    require(dns_read_query(asked, length, &again) == DNS_NO_ERROR);
    require(strcmp(again.name, query->name) == 0 && again.type == query->type && again.size == query->size);
    require(length == (size_t)DNS_HEADER + query->question_length + (query->has_options ? DNS_OPTIONS : 0));
    return length;
}

static void check_table(const struct names *names) {
    require(names->sequence % 2 == 0 && names->name_count <= NAMES_MOST);
    require(names->address_count <= NAMES_MOST_ADDRESSES);
    for (uint32_t i = 0; i < names->address_count; i++) {
        uint32_t cursor = 0;
        require(names->addresses[i].name < names->name_count);
        require(names_next(names, names->addresses[i].bytes, &cursor).length > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct names names;
    static struct name_servers servers = {.search_count = 1, .search = {"search.test"}};
    if (!policy.network.outbound_count) read_rules();
    lookup_open(&names, &servers);
    if (size < 2) return 0;
    size_t query_length = (size_t)bytes[0] << 8 | bytes[1];
    if (query_length > size - 2) query_length = size - 2;
    uint8_t *query = copy_of(bytes + 2, query_length);
    size_t answer_length = size - 2 - query_length;
    uint8_t *answer = copy_of(bytes + 2 + query_length, answer_length);

    struct lookup lookup;
    uint8_t refusal[DNS_MOST_REFUSAL], asked[DNS_MOST_QUERY];
    size_t refusal_length;
    switch (lookup_begin(&lookup, query, query_length, &(struct asker){"udp", 1}, refusal, &refusal_length)) {
    case LOOKUP_IGNORE:
        break;
    case LOOKUP_REFUSE:
        require(refusal_length >= DNS_HEADER && refusal_length <= DNS_MOST_REFUSAL && refusal[2] & 0x80);
        require(memcmp(refusal, query, 2) == 0);
        break;
    case LOOKUP_FORWARD:
        check_forwarded(&lookup.query, asked);
        require(lookup_fail(&lookup, refusal) <= DNS_MOST_REFUSAL);
        if (answer_length < DNS_HEADER) break;
        memcpy(answer, asked, 2);
        if (!dns_is_answer(answer, answer_length, asked, lookup.query.question_length)) break;
        answer_length = dns_find_end(answer, answer_length, lookup.query.question_length);
        if (answer_length) lookup_accept(&lookup, answer, answer_length);
        check_table(&names);
    }
    free(query);
    free(answer);
    return 0;
}
