/* What the proxy itself answers to the runtime, where the Runtime API or the runtime does not do as it should. */
#ifndef RINGFENCE_OWN_ANSWER_H
#define RINGFENCE_OWN_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

/* From BAD_REQUEST on it is the runtime that failed. */
enum failure { NO_FAILURE, UNREACHABLE, CLOSED_EARLY, TIMED_OUT, MALFORMED, BAD_REQUEST, LONG_REQUEST };

/* Answers a client that has seen nothing of another answer. `without_body`: it asked for the head only. */
void own_answer_send(int client, enum failure failure, bool without_body);

/* Audits a failure of the Runtime API; once, until it has worked again. */
void own_answer_tell(enum failure failure);

/* The Runtime API works. */
void own_answer_forget(void);

#endif
