#include "dns-message.h"

#include <string.h>

enum {
    POINTER = 0xc0,
    ANSWER = 0x80,    /* of the first byte of flags */
    OPERATION = 0x78, /* 0: a standard query */
    RECURSION = 0x01,
    AVAILABLE = 0x80, /* of the second byte: recursion */
    AUTHENTIC = 0x20,
    UNCHECKED = 0x10,
    FIRST_META = 249, /* types of queries that look nothing up (RFC 6895, 3.1): transaction keys, transfers … */
    LAST_META = 254,
    DNSSEC_OK = 0x80, /* of the flags in an OPT record */
    EXTENDED_ERROR = 15
};

uint16_t dns_get16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }

void dns_put16(uint8_t *at, uint16_t number) {
    at[0] = (uint8_t)(number >> 8);
    at[1] = (uint8_t)number;
}

static uint8_t lower(uint8_t byte) { return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte; }

static bool is_of_host(uint8_t byte) {
    byte = lower(byte);
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

size_t dns_read_name(const uint8_t *message, size_t length, size_t at, char name[static DNS_MOST_NAME + 1]) {
    size_t written = 0, end = 0, limit = at;
    bool is_odd = false;
    for (;;) {
        if (at >= length) return 0;
        uint8_t label = message[at];
        if ((label & POINTER) == POINTER) {
            if (length - at < 2) return 0;
            if (!end) end = at + 2;
            at = dns_get16(message + at) & 0x3fff;
            if (at >= limit) return 0; /* always further back, so that none can loop */
            limit = at;
            continue;
        }
        if (label & POINTER) return 0;
        at++;
        if (!label) break;
        if (label > length - at || written + (written > 0) + label > DNS_MOST_NAME) return 0;
        if (written) name[written++] = '.';
        for (; label; label--, at++) {
            is_odd = is_odd || !is_of_host(message[at]);
            name[written++] = (char)lower(message[at]);
        }
    }
    name[written] = '\0';
    if (is_odd) memcpy(name, "?", 2);
    return end ? end : at;
}

size_t dns_read_record(const uint8_t *message, size_t length, size_t at, struct dns_record *record) {
    at = dns_read_name(message, length, at, record->owner);
    if (!at || length - at < 10) return 0;
    record->type = dns_get16(message + at);
    record->class = dns_get16(message + at + 2);
    record->data = at + 10;
    record->data_length = dns_get16(message + at + 8);
    return record->data_length <= length - record->data ? record->data + record->data_length : 0;
}

/* One question, without compression, of a kind that is looked up. */
static enum dns_code read_question(const uint8_t *message, size_t length, struct dns_query *query) {
    size_t end = dns_read_name(message, length, DNS_HEADER, query->name);
    size_t plain = query->name[0] ? strlen(query->name) + 2 : 1;
    if (!end || end - DNS_HEADER != plain || query->name[0] == '?' || length - end < 4) return DNS_FORMAT_ERROR;
    query->type = dns_get16(message + end);
    query->question_length = (uint16_t)(plain + 4);
    bool is_looked_up = query->type != DNS_OPT && (query->type < FIRST_META || query->type > LAST_META);
    return is_looked_up && dns_get16(message + end + 2) == DNS_CLASS_IN ? DNS_NO_ERROR : DNS_REFUSED;
}

static bool read_options(const uint8_t *message, size_t length, size_t at, struct dns_query *query) {
    struct dns_record record;
    size_t end = dns_read_record(message, length, at, &record);
    if (end != length || record.owner[0] || record.type != DNS_OPT) return false;
    const uint8_t *flags = message + record.data - 6; /* where other records have their time to live */
    if (flags[0] || flags[1]) return false;           /* an extended code, a version other than 0 */
    query->has_options = true;
    query->wants_dnssec = flags[2] & DNSSEC_OK;
    query->size = record.class < DNS_LEAST_UDP ? DNS_LEAST_UDP : record.class;
    if (query->size > DNS_MOST_UDP) query->size = DNS_MOST_UDP;
    return true;
}

enum dns_code dns_read_query(const uint8_t *message, size_t length, struct dns_query *query) {
    *query = (struct dns_query){.size = DNS_LEAST_UDP};
    if (length < DNS_HEADER || message[2] & ANSWER) return DNS_IGNORE;
    query->id = dns_get16(message);
    query->flags = message[3] & (AUTHENTIC | UNCHECKED);
    if (message[2] & OPERATION) return DNS_NOT_IMPLEMENTED;
    uint16_t additional = dns_get16(message + 10);
    if (dns_get16(message + 4) != 1 || dns_get16(message + 6) || dns_get16(message + 8) || additional > 1)
        return DNS_FORMAT_ERROR;
    enum dns_code code = read_question(message, length, query);
    if (code != DNS_NO_ERROR) return code;
    size_t end = DNS_HEADER + query->question_length;
    bool is_whole = additional ? read_options(message, length, end, query) : end == length;
    return is_whole ? DNS_NO_ERROR : DNS_FORMAT_ERROR;
}

/* Labels, each after its length. */
static size_t write_name(uint8_t *at, const char *name) {
    size_t written = 0;
    while (*name) {
        size_t label = strcspn(name, ".");
        if (label == 0 || label > 63 || written + label + 2 > DNS_MOST_NAME + 2) return 0;
        at[written] = (uint8_t)label;
        memcpy(at + written + 1, name, label);
        written += label + 1;
        name += label;
        if (*name == '.') name++;
    }
    at[written] = 0;
    return written + 1;
}

/* An OPT record with no more in it than flags. */
static void write_options(uint8_t at[static DNS_OPTIONS], const struct dns_query *query, uint16_t size) {
    memset(at, 0, DNS_OPTIONS);
    at[2] = DNS_OPT;
    dns_put16(at + 3, size);
    if (query->wants_dnssec) at[7] = DNSSEC_OK;
}

size_t dns_write_query(uint8_t message[static DNS_MOST_QUERY], uint16_t id, const struct dns_query *query) {
    memset(message, 0, DNS_HEADER);
    dns_put16(message, id);
    message[2] = RECURSION;
    message[3] = query->flags;
    message[5] = 1; /* one question */
    size_t length = write_name(message + DNS_HEADER, query->name);
    if (!length) return 0;
    length += DNS_HEADER;
    dns_put16(message + length, query->type);
    dns_put16(message + length + 2, DNS_CLASS_IN);
    length += 4;
    if (!query->has_options) return length;
    message[11] = 1;
    write_options(message + length, query, query->size);
    return length + DNS_OPTIONS;
}

size_t dns_write_refusal(uint8_t message[static DNS_MOST_REFUSAL], const uint8_t *asked, const struct dns_query *query,
                         enum dns_code code, enum dns_reason reason) {
    size_t length = DNS_HEADER + query->question_length;
    memcpy(message, asked, length);
    message[2] = (uint8_t)(ANSWER | (asked[2] & (OPERATION | RECURSION)));
    message[3] = (uint8_t)(AVAILABLE | (asked[3] & UNCHECKED) | code);
    memset(message + 4, 0, 8);
    message[5] = query->question_length > 0;
    if (!query->has_options) return length;
    message[11] = 1;
    write_options(message + length, query, DNS_MOST_UDP);
    length += DNS_OPTIONS;
    if (reason == DNS_NO_REASON) return length;
    message[length - 1] = DNS_REASON;
    dns_put16(message + length, EXTENDED_ERROR);
    dns_put16(message + length + 2, 2);
    dns_put16(message + length + 4, (uint16_t)reason);
    return length + DNS_REASON;
}

bool dns_is_answer(const uint8_t *message, size_t length, const uint8_t *asked, size_t question_length) {
    if (length < DNS_HEADER + question_length || memcmp(message, asked, 2) != 0) return false;
    if ((message[2] & (ANSWER | OPERATION)) != ANSWER || dns_get16(message + 4) != 1) return false;
    for (size_t i = DNS_HEADER; i < DNS_HEADER + question_length; i++)
        if (message[i] != asked[i] && lower(message[i]) != lower(asked[i])) return false;
    return true;
}

size_t dns_find_end(const uint8_t *message, size_t length, size_t question_length) {
    size_t end = DNS_HEADER + question_length;
    size_t left = (size_t)dns_get16(message + 6) + dns_get16(message + 8) + dns_get16(message + 10);
    struct dns_record record;
    for (; left && end; left--) end = dns_read_record(message, length, end, &record);
    return end;
}
