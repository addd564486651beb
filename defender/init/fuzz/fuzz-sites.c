/* Code as a function's libraries hold it: no byte outside may be read or written, and what is replaced stays within. */
#include <stdlib.h>
#include <string.h>

#include "../../guard/src/site-list.h"

enum { MOST = 8192 };

static struct {
    uint8_t code[MOST];
    struct trampoline_head head;
    uint8_t trampolines[SITES_LISTED + 1][TRAMPOLINE_SIZE];
} room;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct site_list list;
    if (size > MOST) return 0;
    uint8_t *exact = malloc(size ? size : 1); /* at its ends the sanitizer watches */
    memcpy(exact, bytes, size);
    const struct code apart = {exact, size};
    list.count = 0;
    for (size_t from = 0; list.count < SITES_LISTED && site_next(&apart, &from, &list.sites[list.count]);) list.count++;
    site_list_measure(&list, &apart);
    free(exact);

    memcpy(room.code, bytes, size);
    const struct code code = {room.code, size};
    for (uint32_t i = 0; i < list.count; i++) {
        const struct site *site = &list.sites[i];
        if (site->call + 2 > size || site->at + site->length > size || site->at > site->call) abort();
    }
    uint8_t *behind = room.trampolines[list.count];
    memset(behind, 0x5a, TRAMPOLINE_SIZE);
    if (site_list_patch(&list, &code, &room.head) > list.count) abort();
    for (int at = 0; at < TRAMPOLINE_SIZE; at++)
        if (behind[at] != 0x5a) abort();
    return 0;
}
