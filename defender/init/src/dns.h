/* A stub resolver for one name at a time: /etc/hosts, then the servers of /etc/resolv.conf over UDP (RFC 1035). */
#ifndef RINGFENCE_DNS_H
#define RINGFENCE_DNS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DNS_MOST_ADDRESSES = 4, DNS_MOST_QUESTION = 260, DNS_MOST_ANSWER = 1232 };

struct address {
    uint8_t size; /* 4 or 16 */
    uint8_t bytes[16];
};

/* Called once for each dns_resolve, from the loop or from within dns_resolve. With no address `trouble` says why, in
 * words. IPv4 comes first. */
typedef void dns_found(const struct address *addresses, size_t count, const char *trouble);

void dns_resolve(const char *name, dns_found *found);
void dns_cancel(void);

/* An IPv4 or IPv6 literal. */
bool dns_read_literal(const char *text, struct address *address);

/* Writes header and question; `type` is 1 (A) or 28 (AAAA). Returns the length, 0 when `name` is no host name. */
size_t dns_write_question(uint8_t *packet, size_t size, uint16_t id, const char *name, uint16_t type);

enum dns_answer { DNS_NOT_OURS, DNS_REFUSED, DNS_ANSWERED };

/* Reads the answer to a question that dns_write_question wrote; adds its addresses, at most up to DNS_MOST_ADDRESSES.
 * DNS_NOT_OURS: something else, to be ignored; DNS_REFUSED: the server could not answer. */
enum dns_answer dns_read_answer(const uint8_t *packet, size_t length, const uint8_t *question, size_t question_length,
                                struct address *addresses, size_t *count);

#endif
