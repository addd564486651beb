/* The link to the Console: delivers audits in batches and fetches newer policies, over TLS, in the background. */
#ifndef RINGFENCE_CONSOLE_H
#define RINGFENCE_CONSOLE_H

#include "configuration.h"
#include "policy.h"

/* Starts nothing when the configuration names no Console. `policy` gives the refresh interval and the delivery budget.
 */
void console_open(const struct configuration *configuration, const struct policy *policy);

/* The runtime is ready, or not waited for: the first contact, which otherwise comes a moment later, may begin. */
void console_begin(void);

/* Another policy is in force. */
void console_use_policy(const struct policy *policy);

/* Takes one audit line (with its newline) into the bounded queue; false when it was dropped, which is counted and told
 * later. */
bool console_deliver(const char *line, size_t length);

/* Delivers what is queued, for at most the policy's delivery budget; for the end of the function's life. */
void console_finish(void);

/* Implemented by main: a signed policy arrived. `bytes` are only valid during the call. */
void policy_received(const uint8_t *bytes, size_t length);

#endif
