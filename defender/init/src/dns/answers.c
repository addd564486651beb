#include "answers.h"

#include <string.h>

#include "aliases.h"
#include "rules-network.h"

/* No name opens loopback, link-local and multicast addresses: what is there is not its owner's. */
static bool is_learned(const uint8_t address[static 16]) {
    if (address_is_loopback(address)) return false;
    if (address_is_ipv4(address)) return address[12] < 224 && !(address[12] == 169 && address[13] == 254);
    return address[0] != 0xff && !(address[0] == 0xfe && (address[1] & 0xc0) == 0x80);
}

static void learn_address(struct names *names, const char *granted, const uint8_t *data, size_t length) {
    uint8_t address[16] = {[10] = 0xff, [11] = 0xff};
    memcpy(address + 16 - length, data, length);
    if (is_learned(address)) names_learn(names, span_of(granted), address);
}

/* How many bytes stand in front of the name to which a record leads on; -1 when it leads to none. */
static int offset_of_target(uint16_t type) {
    switch (type) {
    case DNS_CNAME:
        return 0;
    case DNS_MX:
    case DNS_SVCB:
    case DNS_HTTPS:
        return 2;
    case DNS_SRV:
        return 6;
    default:
        return -1;
    }
}

void answers_learn(struct names *names, const struct dns_query *query, const char *granted, const uint8_t *answer,
                   size_t length) {
    char name[DNS_MOST_NAME + 1], target[DNS_MOST_NAME + 1];
    struct dns_record record;
    size_t at = DNS_HEADER + query->question_length;
    bool has_address = false;
    strcpy(name, query->name);
    for (uint16_t left = dns_get16(answer + 6); left; left--) {
        at = dns_read_record(answer, length, at, &record);
        if (!at) return;
        if (record.class != DNS_CLASS_IN || strcmp(record.owner, name) != 0) continue;
        const uint8_t *data = answer + record.data;
        if ((record.type == DNS_A && record.data_length == 4) ||
            (record.type == DNS_AAAA && record.data_length == 16)) {
            learn_address(names, granted, data, record.data_length);
            has_address = true;
        }
        int offset = offset_of_target(record.type);
        if (offset < 0 || record.data_length <= (size_t)offset) continue;
        if (!dns_read_name(answer, length, record.data + (size_t)offset, target)) return;
        if (record.type == DNS_CNAME)
            strcpy(name, target);
        else
            aliases_learn(granted, target);
    }
    if (!has_address) aliases_learn(granted, name);
}
