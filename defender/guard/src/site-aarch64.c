#include "site.h"

#include <string.h>

#if defined(__aarch64__)

/* Encodings: Arm Architecture Reference Manual, C6. */
#define CALL 0xd4000001u   /* svc #0 */
#define BRANCH 0x14000000u /* b */

enum { WORD = 4, NUMBER_WITHIN = 12, JUMPS_WITHIN = 512, NUMBER_REGISTER = 8 };

static uint32_t word_at(const struct code *code, size_t at) {
    uint32_t word;
    memcpy(&word, code->bytes + at, WORD);
    return word;
}

static int64_t signed_field(uint32_t word, unsigned low, unsigned bits) {
    return (int64_t)((uint64_t)word << (64 - low - bits)) >> (64 - bits);
}

/* Bytes to where a direct branch leads, calls apart; 0: no such branch. */
static int64_t branch_distance(uint32_t word) {
    if ((word & 0xfc000000) == BRANCH) return signed_field(word, 0, 26) * WORD;
    if ((word & 0xff000000) == 0x54000000) return signed_field(word, 5, 19) * WORD; /* b.cond */
    if ((word & 0x7e000000) == 0x34000000) return signed_field(word, 5, 19) * WORD; /* cbz, cbnz */
    if ((word & 0x7e000000) == 0x36000000) return signed_field(word, 5, 14) * WORD; /* tbz, tbnz */
    return 0;
}

static bool is_jumped_into(const struct code *code, size_t first, size_t last) {
    size_t at = first > JUMPS_WITHIN * WORD ? first - JUMPS_WITHIN * WORD : 0;
    for (; at + WORD <= code->size && at < last + JUMPS_WITHIN * WORD; at += WORD) {
        int64_t distance = branch_distance(word_at(code, at));
        int64_t target = (int64_t)at + distance;
        if (distance && target > (int64_t)first && target <= (int64_t)last) return true;
    }
    return false;
}

/* The number that the straight code in front puts into x8. What names x8 otherwise may change it. */
static int32_t find_number(const struct code *code, size_t call) {
    for (size_t back = 1; back <= NUMBER_WITHIN && back * WORD <= call; back++) {
        uint32_t word = word_at(code, call - back * WORD);
        if (word == CALL || (word & 0x1c000000) == BRANCH) return NUMBER_UNKNOWN;
        bool is_move = (word & 0x7fe0001f) == (0x52800000 | NUMBER_REGISTER); /* mov w8/x8, #number */
        if (is_move && !is_jumped_into(code, call - back * WORD, call)) return (int32_t)(word >> 5 & 0xffff);
        bool is_pair = (word & 0x3e000000) == 0x28000000;
        if ((word & 31) == NUMBER_REGISTER || (is_pair && (word >> 10 & 31) == NUMBER_REGISTER)) return NUMBER_UNKNOWN;
    }
    return NUMBER_UNKNOWN;
}

bool site_next(const struct code *code, size_t *from, struct site *site) {
    for (size_t at = *from & ~(size_t)(WORD - 1); at + WORD <= code->size; at += WORD) {
        if (word_at(code, at) != CALL) continue;
        *site = (struct site){.call = (uint32_t)at, .number = find_number(code, at), .certain = true};
        *from = at + WORD;
        return true;
    }
    *from = code->size;
    return false;
}

void site_measure(const struct code *code, struct site *site) {
    (void)code;
    site->at = site->call;
    site->length = WORD;
}

/* What is replaced is one instruction, into which nothing leads. */
bool site_next_jump(const struct code *code, const uint8_t *blocks, size_t *from, size_t *target) {
    (void)blocks, (void)target;
    *from = code->size;
    return false;
}

bool site_has_jump_nearby(const struct code *code, const struct site *site) {
    (void)code, (void)site;
    return false;
}

static bool reaches(const uint8_t *from, const uint8_t *to) {
    int64_t distance = to - from;
    return distance >= -(1 << 27) && distance < 1 << 27;
}

static uint32_t branch(const uint8_t *from, const uint8_t *to) {
    return BRANCH | ((uint32_t)((to - from) / WORD) & 0x03ffffff);
}

/* guard_enter goes on at x16: as it is, or by STEP further when it has answered the call. */
bool site_patch(const struct code *code, const struct site *site, uint8_t trampoline[static TRAMPOLINE_SIZE],
                const struct trampoline_head *head) {
    uint8_t *call = code->bytes + site->call, *back = call + WORD;
    if (!reaches(trampoline, back) || !reaches(call, trampoline)) return false;
    int64_t entry = (const uint8_t *)&head->entry - (trampoline + 2 * WORD);
    const uint32_t words[] = {
        0xa9bf47f0,                                             /* stp x16, x17, [sp, #-16]! */
        0x10000070,                                             /* adr x16, #12 */
        0x58000011 | ((uint32_t)(entry / WORD) & 0x7ffff) << 5, /* ldr x17, entry */
        0xd61f0220,                                             /* br x17 */
        0xa8c147f0,                                             /* ldp x16, x17, [sp], #16 */
        CALL,
        branch(trampoline + 6 * WORD, back),
        0xa8c147f0, /* ldp x16, x17, [sp], #16 */
        branch(trampoline + 8 * WORD, back),
    };
    memcpy(trampoline, words, sizeof words);
    uint32_t jump = branch(call, trampoline);
    memcpy(call, &jump, sizeof jump);
    return true;
}

#endif
