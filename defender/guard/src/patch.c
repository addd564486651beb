#include "patch.h"

#include <fcntl.h>
#include <linux/mman.h>
#include <string.h>
#include <sys/mman.h>

#include "instruction-cache.h"
#include "maps.h"
#include "objects.h"
#include "shared-image.h"
#include "site-list.h"
#include "system.h"

enum { PAGE = 4096, GAP = 64 * 1024, MAX_HELD = 64, MAX_FOUND = 64, MAX_OF_C_LIBRARY = 16 };

#if defined(__x86_64__)
static const uintptr_t reach = 0x7ff00000; /* of a jump: 2 GB */
#elif defined(__aarch64__)
static const uintptr_t reach = 0x7f00000; /* 128 MB */
#endif

/* Larger code is not searched: runtimes and their like have the C library call the kernel, and reading tens of
 * megabytes would slow down each start. */
static const size_t large = SITE_LIST_CODE;

struct range {
    uintptr_t start, end;
};

/* More than the stack of a thread may have room for. */
struct work {
    struct maps maps;
    struct site_list list;
};

static struct range held[MAX_HELD];
static uint32_t held_count;

extern __attribute__((visibility("hidden"))) const char __ehdr_start[],
    _end[]; /* where this library begins and ends, by the linker */
void guard_enter(void);

static void hold(uintptr_t start, uintptr_t end) {
    uint32_t at = __atomic_fetch_add(&held_count, 1, __ATOMIC_RELAXED);
    if (at < MAX_HELD) held[at] = (struct range){start, end};
}

bool patch_holds(uintptr_t start, size_t size) {
    uint32_t count = held_count < MAX_HELD ? held_count : MAX_HELD;
    for (uint32_t i = 0; i < count; i++)
        if (start < held[i].end && start + size > held[i].start) return true;
    return false;
}

static size_t round_up(size_t size) { return (size + PAGE - 1) & ~(size_t)(PAGE - 1); }

/* A free stretch of addresses as near to the code as possible: the highest below it, or the lowest above. */
static uintptr_t find_gap(const struct code *code, size_t size, struct maps *maps) {
    struct mapping mapping;
    uintptr_t code_start = (uintptr_t)code->bytes, code_end = code_start + code->size;
    uintptr_t free_from = GAP, best = 0;
    if (!maps_open(maps)) return 0;
    while (maps_next(maps, &mapping)) {
        if (mapping.start > free_from && mapping.start - free_from >= size + 2 * GAP) {
            uintptr_t low = free_from + GAP, high = mapping.start - GAP - size;
            if (mapping.start <= code_start && code_end - high < reach) best = high;
            if (low >= code_end && !best && low + size - code_start < reach) best = low;
        }
        free_from = mapping.end;
        if (best && free_from > code_end) break;
    }
    maps_close(maps);
    return best & ~(uintptr_t)(GAP - 1);
}

static struct trampoline_head *open_at(uintptr_t start, size_t size) {
    long at =
        SYSTEM(mmap, start, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (at == (long)start) return (struct trampoline_head *)at;
    if (at > 0) SYSTEM(munmap, at, size);
    return NULL;
}

/* Far below the code there is room as a rule. */
static struct trampoline_head *open_room(const struct code *code, size_t size, struct maps *maps) {
    struct trampoline_head *head = open_at((uintptr_t)code->bytes - LIBRARY_TRAMPOLINES_BELOW, size);
    if (head) return head;
    uintptr_t gap = find_gap(code, size, maps);
    return gap ? open_at(gap, size) : NULL;
}

/* libc.so.6, libc-2.31.so, libpthread…, ld-linux-…, ld-2.31.so, ld-musl-…, libc.musl-… */
static bool is_c_library(const char *name) {
    static const char *const starts[] = {"libc.so", "libc-2.", "libc.musl-", "libpthread", "ld-", "ld.so"};
    const char *base = name;
    for (const char *at = name; *at; at++)
        if (*at == '/') base = at + 1;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (strlen(base) >= strlen(starts[i]) && memcmp(base, starts[i], strlen(starts[i])) == 0) return true;
    return false;
}

static uint32_t patch_round(const struct code *code, bool stays, const uint8_t *watched, struct work *work) {
    size_t size = site_list_room(&work->list);
    struct trampoline_head *head = open_room(code, size, &work->maps);
    if (!head) return 0;
    head->entry = (uint64_t)(uintptr_t)guard_enter;
    memcpy(head->watched, watched, sizeof head->watched);
    uint32_t patched = 0;
    if (SYSTEM(mprotect, code->bytes, round_up(code->size), PROT_READ | PROT_WRITE) == 0) {
        patched = site_list_patch(&work->list, code, head);
        SYSTEM(mprotect, code->bytes, round_up(code->size), PROT_READ | PROT_EXEC);
        instruction_cache_forget(code->bytes, code->size);
    }
    SYSTEM(mprotect, head, size, PROT_READ | PROT_EXEC);
    instruction_cache_forget(head, size);
    if (stays) hold((uintptr_t)head, (uintptr_t)head + size);
    return patched;
}

/* What finds no room in the list is patched in a further round. `all`: of the C library, what only may be a call as
 * well.
 */
static struct patched patch_code(const struct code *code, bool all, bool stays, const uint8_t *watched,
                                 struct work *work) {
    struct patched sum = {0, 0, false};
    for (size_t from = 0; from < code->size;) {
        site_list_find(&work->list, code, all, watched, &from);
        if (!work->list.count) break;
        site_list_measure(&work->list, code);
        sum.sites += work->list.count;
        sum.missed += work->list.count - patch_round(code, stays, watched, work);
    }
    if (stays && sum.sites) hold((uintptr_t)code->bytes, (uintptr_t)code->bytes + round_up(code->size));
    return sum;
}

struct found {
    struct code code;
    struct library_image_key key;
    bool is_c_library, has_key;
};

struct search {
    const uint8_t *watched;
    struct patched sum;
    size_t left;
};

/* The C library's code, and that of others as far as it does not take long to search. */
static bool is_to_patch(struct search *search, const struct loaded *loaded, struct found *found) {
    const struct code *code = &loaded->code;
    bool of_c_library = is_c_library(loaded->path);
    if (patch_holds((uintptr_t)code->bytes, code->size) || code->size > (of_c_library ? large : search->left))
        return false;
    if (!of_c_library) search->left -= code->size;
    found->code = *code;
    found->is_c_library = of_c_library;
    found->has_key = of_c_library && shared_image_key(&found->key, loaded, search->watched);
    if (found->has_key) shared_image_tell(&found->key, loaded->path);
    return true;
}

static bool use_image(const struct found *found, struct patched *patched) {
    const struct library_image *image = found->has_key ? shared_image_find(&found->key) : NULL;
    uint8_t *start = found->code.bytes, *trampolines;
    if (!image || !(trampolines = shared_image_map(image, &found->code, guard_enter))) return false;
    hold((uintptr_t)trampolines, (uintptr_t)trampolines + image->trampolines);
    hold((uintptr_t)start, (uintptr_t)start + found->code.size);
    *patched = (struct patched){image->sites, image->missed, false};
    return true;
}

/* Apart from who calls it: pages of the stack that a new program would touch for nothing else are faults. */
static __attribute__((noinline)) struct patched search_code(const struct found *found, const uint8_t *watched) {
    struct work work;
    struct patched patched = patch_code(&found->code, found->is_c_library, true, watched, &work);
    patched.searched = found->is_c_library;
    return patched;
}

static void patch_found(struct search *search, const struct found *found) {
    struct patched patched;
    if (!found->is_c_library && !site_list_would_hold_any(&found->code, search->watched)) return;
    if (!use_image(found, &patched)) patched = search_code(found, search->watched);
    search->sum.sites += patched.sites;
    search->sum.missed += patched.missed;
    search->sum.searched |= patched.searched;
}

static void take_code(void *context, const struct loaded *loaded) {
    struct found found;
    if (is_to_patch(context, loaded, &found)) patch_found(context, &found);
}

/* All are found first, as what is patched changes what /proc shows. */
static __attribute__((noinline)) void take_mapped_files(struct search *search) {
    struct maps maps;
    struct mapping mapping;
    struct found found[MAX_FOUND];
    size_t count = 0;
    if (!maps_open(&maps)) return;
    while (maps_next(&maps, &mapping)) {
        const struct loaded loaded = {{(uint8_t *)mapping.start, mapping.end - mapping.start}, mapping.name, {NULL, 0}};
        if (!mapping.executable || !mapping.readable || !mapping.of_file) continue;
        if (count == MAX_FOUND - (is_c_library(mapping.name) ? 0 : MAX_OF_C_LIBRARY)) continue;
        count += is_to_patch(search, &loaded, &found[count]);
    }
    maps_close(&maps);
    for (size_t i = 0; i < count; i++) patch_found(search, &found[i]);
}

struct patched patch_process(char **environment, const uint8_t watched[static CALL_NUMBERS / 8]) {
    struct search search = {.watched = watched, .left = large};
    hold((uintptr_t)__ehdr_start & ~(uintptr_t)(PAGE - 1), round_up((uintptr_t)_end));
    if (!objects_each(environment, take_code, &search)) take_mapped_files(&search);
    return search.sum;
}

void patch_mapping(uint8_t *start, size_t size, const uint8_t watched[static CALL_NUMBERS / 8], void *room) {
    _Static_assert(sizeof(struct work) <= PATCH_ROOM, "the room is too small");
    struct code code = {start, size};
    if (size <= large) patch_code(&code, false, false, watched, room);
}
