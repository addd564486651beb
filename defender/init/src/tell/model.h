/* The table of what was used: bounded, so paths that vary are put together as patterns. */
#ifndef RINGFENCE_MODEL_H
#define RINGFENCE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

enum { MODEL_MAX_VALUE = 134 };

enum use {
    USE_PROCESS,
    USE_DOMAIN,
    USE_ADDRESS,
    USE_LISTEN,
    USE_UNIX,
    USE_LOOKUP,
    USE_READ,
    USE_WRITE,
    USE_EXECUTE,
    USES
};
extern const char *const use_names[USES];

struct model_entry {
    uint64_t first, last; /* Unix milliseconds */
    uint32_t count;       /* since it was last told; 0: free, or told */
    uint16_t port;        /* 0: none */
    uint8_t use;          /* enum use */
    bool taken;
    uint8_t arguments; /* of a program: how many bytes of them stand behind the value's NUL, or ANY_ARGUMENTS */
    char value[MODEL_MAX_VALUE + 1]; /* a path may end in a star for a folder's files, two for all below it */
};

/* Counts one use; of a program with its arguments behind argv[0], bytes NULL: unknown. Returns false when there was no
 * room. */
bool model_count(enum use use, const char *value, uint16_t port, struct span arguments, uint64_t now);

/* The next entry that has been counted since it was last told, or NULL. Counts from here on begin anew. */
const struct model_entry *model_next(size_t *cursor);

/* To be called with what model_next gave, once it was told. */
void model_told(const struct model_entry *entry);

/* Forgets all, and gives the memory back. */
void model_release(void);

#endif
