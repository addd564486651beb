/* What becomes of something that this process asks for: told, learned, refused, as the effect of its section says. */
#ifndef RINGFENCE_ACCESS_H
#define RINGFENCE_ACCESS_H

#include "library-share.h"
#include "policy.h"

enum { ACCESS_FIELDS = 6 };

struct access_field {
    enum library_field_type type;
    struct span bytes; /* left out when empty */
};

/* To start a program, to reach an address, to open a file … */
struct access {
    enum section section;
    enum effect effect;
    bool allowed;       /* by the policy */
    const char *call;   /* the system call's name */
    const char *reason; /* why the policy does not allow it */
    const char *kind;   /* in the model */
    struct span value;  /* in the model and in the audit's message; of kind address: its 16 bytes */
    uint16_t port;      /* 0: none */
    struct access_field fields[ACCESS_FIELDS]; /* what the audit's detail says besides */
};

/* Whether it is refused. What is not allowed is told; with `learn` all is recorded once and nothing told. `buffer` has
 * LIBRARY_RECORD bytes. */
bool access_is_refused(const struct access *access, char *buffer);

/* Tells of a program that the policy allows and the guard can't go with. */
void access_tell_unguarded(const struct access *access, char *buffer);

/* Tells that something acts on the guard itself, which is always refused. */
void access_tell_tampering(const char *call, const char *reason, const char *value, char *buffer);

#endif
