/* An answer to the question for A (first byte even) or AAAA of console.example with the id 0x1234. */
#include <stdlib.h>
#include <string.h>

#include "dns.h"

static void require(bool holds) {
    if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (!size) return 0;
    struct dns_query query = {.type = bytes[0] & 1 ? DNS_AAAA : DNS_A, .name = "console.example"};
    uint8_t asked[DNS_MOST_QUERY];
    query.question_length = (uint16_t)(dns_write_query(asked, 0x1234, &query) - DNS_HEADER);
    uint8_t *packet = malloc(size);
    if (!packet) exit(1);
    memcpy(packet, bytes + 1, size - 1);
    struct address addresses[DNS_MOST_ADDRESSES];
    size_t count = 1;
    enum dns_answer answer = dns_read_answer(packet, size - 1, asked, &query, addresses, &count);
    require(count >= 1 && count <= DNS_MOST_ADDRESSES && (answer == DNS_ANSWERED || count == 1));
    for (size_t i = 1; i < count; i++) require(addresses[i].size == (query.type == DNS_A ? 4 : 16));
    if (answer != DNS_NOT_OURS)
        require(size - 1 >= (size_t)DNS_HEADER + query.question_length && memcmp(packet, asked, 2) == 0);
    free(packet);
    return 0;
}
