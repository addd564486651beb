/* Reads the messages of an exchange, a request and its response, as they pass; tells of invocations. */
#ifndef RINGFENCE_EXCHANGE_H
#define RINGFENCE_EXCHANGE_H

#include "connection.h"
#include "own-answer.h"
#include "proxy.h"

void exchange_open(const struct proxy_hooks *hooks);

/* Reads what is to go to the Runtime API, of which `have` bytes are at hand; what follows the request waits until this
 * one is answered. */
enum failure exchange_read_requests(struct connection *connection, const char *bytes, uint32_t have);

/* Reads what is to go to the client. */
enum failure exchange_read_responses(struct connection *connection, const char *bytes, uint32_t have);

/* Tells that the invocation's response or error went to the Runtime API. */
void exchange_end_invocation(const struct connection *connection);

#endif
