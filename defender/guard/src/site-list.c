#include "site-list.h"

#include <string.h>

void site_list_find(struct site_list *list, const struct code *code, bool all, const uint8_t *watched, size_t *from) {
    struct site site;
    list->count = 0;
    while (list->count < SITES_LISTED && site_next(code, from, &site))
        if ((all || site.certain) && number_is_watched(watched, site.number)) list->sites[list->count++] = site;
}

bool site_list_would_hold_any(const struct code *code, const uint8_t *watched) {
    struct site site;
    for (size_t from = 0; site_next(code, &from, &site);)
        if (site.certain && number_is_watched(watched, site.number)) return true;
    return false;
}

size_t site_list_room(const struct site_list *list) {
    enum { PAGE = 4096 };
    size_t size = sizeof(struct trampoline_head) + (size_t)list->count * TRAMPOLINE_SIZE;
    return (size + PAGE - 1) & ~(size_t)(PAGE - 1);
}

static struct site *find_replaced(struct site_list *list, size_t target) {
    uint32_t low = 0, high = list->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        struct site *site = &list->sites[middle];
        if (target < site->at) {
            high = middle;
        } else if (target >= site->at + (site->length ? site->length : 1u)) {
            low = middle + 1;
        } else {
            return site;
        }
    }
    return NULL;
}

static void take_back(struct site *site) {
    site->length = 0;
    site->at = site->call;
    site->number = NUMBER_UNKNOWN;
}

/* Compilers lead jumps into code behind a call from anywhere in a function, parts far away included. A short one
 * between a number and its call would be a chance likeness. */
void site_list_measure(struct site_list *list, const struct code *code) {
    memset(list->blocks, 0, sizeof list->blocks);
    for (uint32_t i = 0; i < list->count; i++) {
        struct site *site = &list->sites[i];
        site_measure(code, site);
        if (!site->length || (site->number == NUMBER_UNKNOWN && site_has_jump_nearby(code, site))) take_back(site);
        for (size_t at = site->at; site->length && at <= site->at + site->length; at += site->length)
            site_block_set(list->blocks, at);
    }
    size_t target;
    for (size_t from = 0; site_next_jump(code, list->blocks, &from, &target);) {
        struct site *site = find_replaced(list, target);
        if (site && target != site->at) take_back(site);
    }
}

/* Jumps come first: what they take the place of is no padding any more that a hop could use. */
uint32_t site_list_patch(const struct site_list *list, const struct code *code, struct trampoline_head *head) {
    uint8_t *trampolines = (uint8_t *)(head + 1);
    uint32_t patched = 0;
    size_t end = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct site *site = &list->sites[i];
        if (!site->length || site->at < end) continue; /* reaches into what was replaced before */
        if (!site_patch(code, site, trampolines + (size_t)patched * TRAMPOLINE_SIZE, head)) continue;
        end = site->at + site->length;
        patched++;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const struct site *site = &list->sites[i];
        if (!site->length && site_patch(code, site, trampolines + (size_t)patched * TRAMPOLINE_SIZE, head)) patched++;
    }
    return patched;
}
