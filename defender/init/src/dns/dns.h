/* A stub resolver for one name at a time: /etc/hosts, then the servers of /etc/resolv.conf over UDP (RFC 1035). */
#ifndef RINGFENCE_DNS_H
#define RINGFENCE_DNS_H

#include "address.h"
#include "dns-message.h"

enum { DNS_MOST_ADDRESSES = 4 };

/* Called once for each dns_resolve, from the loop or from within dns_resolve. With no address `trouble` says why, in
 * words. IPv4 comes first. */
typedef void dns_found(const struct address *addresses, size_t count, const char *trouble);

void dns_resolve(const char *name, dns_found *found);
void dns_cancel(void);

enum dns_answer { DNS_NOT_OURS, DNS_FAILED, DNS_ANSWERED };

/* Reads the answer to `query`, which was `asked` as dns_write_query wrote it; adds its addresses, at most up to
 * DNS_MOST_ADDRESSES. DNS_NOT_OURS: something else, to be ignored; DNS_FAILED: the server could not answer. */
enum dns_answer dns_read_answer(const uint8_t *packet, size_t length, const uint8_t *asked,
                                const struct dns_query *query, struct address *addresses, size_t *count);

#endif
