/* What becomes of something that a guarded process asks for: told, learned, refused, as the effect of its section says.
 */
#ifndef RINGFENCE_VERDICT_H
#define RINGFENCE_VERDICT_H

#include "answer.h"
#include "json.h"

/* To start a program, to reach an address, to open a file … */
struct access {
    const char *type;           /* of its audit: process, network, file */
    const char *kind;           /* in the model (docs/architecture.md): process, domain, address, listen, read … */
    const char *value;          /* what is asked for, in the audit's message and in the model */
    uint16_t port;              /* the same; 0: none */
    struct span arguments;      /* of a program to be started, behind argv[0], for the model; bytes NULL: unknown */
    const char *attempt, *deed; /* "tried to start", "started": in front of `value` in the message */
    bool allowed;               /* by the policy */
    int error;                  /* what it is refused with */
    const char *reason;         /* why the policy does not allow it */
    /* Writes what the audit's detail says beside caller, call, abi and reason. */
    void (*describe)(const struct access *access, struct json *detail);
};

/* Returns whether it goes ahead, by the caller's hand; else it has been refused. What is not allowed is told, and with
 * `learn` all is recorded and nothing told. */
bool verdict_apply(const struct request *request, enum effect effect, const struct access *access);

/* Tells and refuses, whatever the effect: for what turns out wrong after the policy allowed it. */
void verdict_refuse(const struct request *request, const struct access *access);

/* Writes who called what into an audit's detail. */
void describe_call(const struct request *request, struct json *detail, const char *caller);

/* The last segment of a path. */
const char *base_name(const char *path);

#endif
