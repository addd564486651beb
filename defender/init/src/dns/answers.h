/* What the answer to a lookup teaches: addresses, and names that it leads to. */
#ifndef RINGFENCE_ANSWERS_H
#define RINGFENCE_ANSWERS_H

#include "dns-message.h"
#include "names.h"

/* Takes the addresses and targets of the name that was asked for, and of those that it is an alias of, as belonging to
 * the `granted` name. The answer is well-formed, to the query, and without an error. */
void answers_learn(struct names *names, const struct dns_query *query, const char *granted, const uint8_t *answer,
                   size_t length);

#endif
