#include "failures.h"

#include <sys/mman.h>

enum { MOST = 64, MOST_ID = 64 };

/* Batches of which a part is refused are rare, so that each takes pages of its own only while it is under way. */
static struct waiting {
    uint8_t *bytes; /* NULL: unused */
    size_t length;
    uint64_t since;
    uint8_t id_length;
    uint8_t id[MOST_ID];
} waiting[MOST];
static uint64_t kept;

static struct waiting *find(struct span id) {
    for (struct waiting *at = waiting; at < waiting + MOST; at++)
        if (at->bytes && span_is((struct span){at->id, at->id_length}, id)) return at;
    return NULL;
}

static void drop(struct waiting *at) {
    if (at->bytes) munmap(at->bytes, at->length);
    at->bytes = NULL;
}

static struct waiting *place_for(struct span id) {
    struct waiting *found = find(id), *oldest = waiting;
    if (found) return found;
    for (struct waiting *at = waiting; at < waiting + MOST; at++) {
        if (!at->bytes) return at;
        if (at->since < oldest->since) oldest = at;
    }
    return oldest;
}

bool failures_keep(struct span id, struct span failures) {
    if (id.length > MOST_ID) return false;
    void *bytes = mmap(NULL, failures.length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) return false;
    memcpy(bytes, failures.bytes, failures.length);
    struct waiting *place = place_for(id);
    drop(place);
    *place =
        (struct waiting){.bytes = bytes, .length = failures.length, .since = ++kept, .id_length = (uint8_t)id.length};
    memcpy(place->id, id.bytes, id.length);
    return true;
}

struct span failures_of(struct span id) {
    const struct waiting *at = find(id);
    return at ? (struct span){at->bytes, at->length} : (struct span){NULL, 0};
}

void failures_drop(struct span id) {
    struct waiting *at = find(id);
    if (at) drop(at);
}
