/* Audits: one JSON line each on stdout, and the same line to the Console (docs/architecture.md). */
#ifndef RINGFENCE_AUDIT_H
#define RINGFENCE_AUDIT_H

#include "configuration.h"
#include "json.h"
#include "policy.h"

struct audit {
    const char *type; /* process, waas, coverage, policy, tamper, defender */
    enum effect effect;
    const char *action;        /* blocked, allowed, reported */
    const char *message;       /* bytes that are not UTF-8 are replaced when written */
    const struct json *detail; /* one finished JSON object, or NULL */
};

void audit_open(const struct configuration *configuration);

/* The id of the invocation that is under way; empty between invocations. */
void audit_set_request(const char *id, size_t length);

/* Writes the audit now. Identical ones that follow within ten seconds are counted and written as one; beyond some
 * hundred different ones in a second, the rest is counted only. */
void audit_emit(const struct audit *audit);

/* An audit of type defender without detail: something that the init met and what it does about it. */
void audit_defender(const char *message);

/* Writes the counts that are still held back. */
void audit_flush(void);

#endif
