/* DNS messages (RFC 1035, RFC 6891): bytes that nobody trusts in, well-formed ones out. */
#ifndef RINGFENCE_DNS_MESSAGE_H
#define RINGFENCE_DNS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DNS_CLASS_IN = 1,
    DNS_HEADER = 12,
    DNS_MOST_NAME = 253,     /* as text, without a dot at the end */
    DNS_MOST_QUESTION = 259, /* a name of 255 bytes, type and class */
    DNS_OPTIONS = 11,        /* an OPT record that holds nothing */
    DNS_REASON = 6,          /* an extended error (RFC 8914) in it, without text */
    DNS_MOST_QUERY = DNS_HEADER + DNS_MOST_QUESTION + DNS_OPTIONS,
    DNS_MOST_REFUSAL = DNS_MOST_QUERY + DNS_REASON,
    DNS_LEAST_UDP = 512, /* what every client takes */
    DNS_MOST_UDP = 4096,
    DNS_MOST_MESSAGE = 65535
};

enum dns_type {
    DNS_A = 1,
    DNS_CNAME = 5,
    DNS_PTR = 12,
    DNS_MX = 15,
    DNS_AAAA = 28,
    DNS_SRV = 33,
    DNS_OPT = 41,
    DNS_SVCB = 64,
    DNS_HTTPS = 65
};

enum dns_code {
    DNS_NO_ERROR,
    DNS_FORMAT_ERROR,
    DNS_SERVER_FAILURE,
    DNS_NO_SUCH_NAME,
    DNS_NOT_IMPLEMENTED,
    DNS_REFUSED,
    DNS_IGNORE = -1 /* no message that anybody answers */
};

/* Extended errors (RFC 8914). */
enum dns_reason { DNS_NO_REASON = 0, DNS_BLOCKED = 15, DNS_NO_SERVER = 22 };

/* A query with one question of class IN. Of EDNS it keeps no options. */
struct dns_query {
    uint16_t id, type;
    uint16_t question_length; /* bytes behind the header; 0: none could be read */
    uint16_t size;            /* of an answer over UDP */
    uint8_t flags;            /* those of the second byte of flags that a client may set: AD, CD (RFC 4035, 3.2) */
    bool has_options, wants_dnssec;
    char name[DNS_MOST_NAME + 1]; /* lower case, without a dot at the end */
};

struct dns_record {
    uint16_t type, class;
    size_t data, data_length; /* where in the message */
    char owner[DNS_MOST_NAME + 1];
};

uint16_t dns_get16(const uint8_t *at);
void dns_put16(uint8_t *at, uint16_t number);

/* Reads what a client sent. Returns DNS_NO_ERROR, or the code to refuse it with. */
enum dns_code dns_read_query(const uint8_t *message, size_t length, struct dns_query *query);

/* Reads a name, through pointers that lead backwards, as in `dns_query`. Returns where it ends, 0 when it does not. One
 * with bytes other than letters, digits, `-` and `_` is read as "?", which equals no name of a query. */
size_t dns_read_name(const uint8_t *message, size_t length, size_t at, char name[static DNS_MOST_NAME + 1]);

/* Returns where the record ends, 0 when it does not. */
size_t dns_read_record(const uint8_t *message, size_t length, size_t at, struct dns_record *record);

/* Writes a query with recursion desired. Returns its length, 0 when the name is none. */
size_t dns_write_query(uint8_t message[static DNS_MOST_QUERY], uint16_t id, const struct dns_query *query);

/* Writes the answer without records to what a client sent. Returns its length. */
size_t dns_write_refusal(uint8_t message[static DNS_MOST_REFUSAL], const uint8_t *asked, const struct dns_query *query,
                         enum dns_code code, enum dns_reason reason);

/* Whether the message answers the query, which dns_write_query wrote: the same id, the question repeated, in whatever
 * case. */
bool dns_is_answer(const uint8_t *message, size_t length, const uint8_t *asked, size_t question_length);

/* Where the last record of a message ends whose question is this long; 0 when a record is not well-formed. */
size_t dns_find_end(const uint8_t *message, size_t length, size_t question_length);

#endif
