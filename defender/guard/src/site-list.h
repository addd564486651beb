/* Calls of the kernel in one stretch of code, in their order. Pure. */
#ifndef RINGFENCE_SITE_LIST_H
#define RINGFENCE_SITE_LIST_H

#include "site.h"

enum { SITES_LISTED = 400, SITE_LIST_CODE = 8 << 20 };

struct site_list {
    uint32_t count;
    struct site sites[SITES_LISTED];
    uint8_t blocks[SITE_BLOCKS / 8]; /* of the code, in which something would be replaced */
};

/* Fills the list with calls that are watched, or may be, from `*from` on, and moves `*from` behind them: to the code's
 * end when the list holds all. `all`: what only may be a call as well. */
void site_list_find(struct site_list *list, const struct code *code, bool all, const uint8_t *watched, size_t *from);

/* Whether there is something to fill it with, of code that is not the C library's. */
bool site_list_would_hold_any(const struct code *code, const uint8_t *watched);

/* Finds out what would be replaced at each, and takes back what some jump leads into. The code is at most
 * SITE_LIST_CODE bytes long. */
void site_list_measure(struct site_list *list, const struct code *code);

/* Bytes that a head and the list's trampolines take, up to the end of a page of 4 KB. */
size_t site_list_room(const struct site_list *list);

/* Leads them through trampolines behind the head, where there must be room for one each. Returns how many were. */
uint32_t site_list_patch(const struct site_list *list, const struct code *code, struct trampoline_head *head);

#endif
