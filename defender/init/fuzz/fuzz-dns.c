/* clang -std=c11 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined fuzz/fuzz-dns.c src/dns.c src/loop.c -o
 * build/fuzz-dns build/fuzz-dns -max_len=1232 CORPUS fuzz/dns-seeds
 *
 * An answer to the question for A (first byte even) or AAAA of console.example with the id 0x1234; the same bytes also
 * serve as a name to ask for. */
#include <stdlib.h>
#include <string.h>

#include "../src/dns.h"

static void require(bool holds) {
    if (!holds) abort();
}

static void write_question(const uint8_t *bytes, size_t size) {
    char name[400];
    uint8_t packet[DNS_MOST_QUESTION];
    size_t length = size < sizeof name ? size : sizeof name - 1;
    memcpy(name, bytes, length);
    name[length] = '\0';
    size_t written = dns_write_question(packet, sizeof packet, 1, name, 1);
    require(written == 0 || (written > 17 && written <= sizeof packet && packet[written - 5] == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (!size) return 0;
    uint8_t question[DNS_MOST_QUESTION];
    uint16_t type = bytes[0] & 1 ? 28 : 1;
    size_t question_length = dns_write_question(question, sizeof question, 0x1234, "console.example", type);
    uint8_t *packet = malloc(size);
    if (!packet) exit(1);
    memcpy(packet, bytes + 1, size - 1);
    struct address addresses[DNS_MOST_ADDRESSES];
    size_t count = 1;
    enum dns_answer answer = dns_read_answer(packet, size - 1, question, question_length, addresses, &count);
    require(count >= 1 && count <= DNS_MOST_ADDRESSES && (answer == DNS_ANSWERED || count == 1));
    for (size_t i = 1; i < count; i++) require(addresses[i].size == (type == 1 ? 4 : 16));
    if (answer != DNS_NOT_OURS) require(size - 1 >= question_length && memcmp(packet, question, 2) == 0);
    free(packet);
    write_question(bytes, size);
    return 0;
}
