#include "site.h"

#include <string.h>

#include "instruction.h"

#if defined(__x86_64__)

enum {
    CALL_LENGTH = 2, /* syscall: 0f 05 */
    NUMBER_LENGTH = 4,
    JUMP_LENGTH = 5, /* e9 rel32 */
    HOP_LENGTH = 2,  /* eb rel8 */
    HOP_REACH = 120,
    MAX_TAIL = 24, /* JUMP_LENGTH - CALL_LENGTH - 1 and one longest instruction */
    JUMPS_WITHIN = 2048
};

static int32_t read_distance(const uint8_t *at) {
    int32_t distance;
    memcpy(&distance, at, sizeof distance);
    return distance;
}

/* Whether some bytes nearby, read as a jump, would lead to `target`: compilers keep a function's parts together. */
static bool is_jumped_to(const struct code *code, size_t target) {
    size_t first = target > JUMPS_WITHIN ? target - JUMPS_WITHIN : 0;
    size_t last = code->size - target > JUMPS_WITHIN ? target + JUMPS_WITHIN : code->size;
    for (size_t at = first; at + 4 <= last; at++)
        if ((int64_t)at + 4 + read_distance(code->bytes + at) == (int64_t)target && at > 0) {
            uint8_t before = code->bytes[at - 1];
            bool far = at > 1 && code->bytes[at - 2] == 0x0f && (before & 0xf0) == 0x80;
            if (far || before == 0xe8 || before == 0xe9) return true;
        }
    for (size_t at = target > 130 ? target - 130 : 1; at < target + 128 && at < code->size; at++) {
        uint8_t before = code->bytes[at - 1];
        bool is_short = (before & 0xf0) == 0x70 || before == 0xeb || (before & 0xfc) == 0xe0;
        if (is_short && (int64_t)at + 1 + (int8_t)code->bytes[at] == (int64_t)target) return true;
    }
    return false;
}

/* Takes in what follows the call until a jump fits. */
static void measure_tail(const struct code *code, struct site *site) {
    bool ended = false;
    size_t at = site->call + CALL_LENGTH;
    while (at - site->call < JUMP_LENGTH) {
        struct instruction read = instruction_read(code->bytes + at, code->size - at);
        if (!read.length || (ended && read.kind != INSTRUCTION_NOTHING) || is_jumped_to(code, at)) return;
        ended |= read.kind >= INSTRUCTION_END;
        at += read.length;
    }
    if (at - site->call > MAX_TAIL) return;
    site->at = site->call;
    site->length = at - site->call;
}

static bool looks_certain(const uint8_t *after, size_t left) {
    static const struct {
        uint8_t length, bytes[3];
    } checks[] = {
        {3, {0x48, 0x3d, 0x00}}, {3, {0x48, 0x3d, 0x01}}, {2, {0x3d, 0x00}}, /* cmp $-4096 or $-4095 */
        {3, {0x48, 0x83, 0xf8}}, {2, {0x83, 0xf8}},                          /* cmp $errno */
        {3, {0x48, 0x85, 0xc0}}, {2, {0x85, 0xc0}},                          /* test */
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (left >= checks[i].length && memcmp(after, checks[i].bytes, checks[i].length) == 0) return true;
    return false;
}

/* mov $number,%eax (b8 imm32) or mov $number,%rax (48 c7 c0 imm32) in front of the call; 0: neither. */
static size_t move_length(const struct code *code, size_t call) {
    enum { SHORT = 1 + NUMBER_LENGTH, LONG = 3 + NUMBER_LENGTH };
    const uint8_t *at = code->bytes + call;
    if (call < LONG || (uint32_t)read_distance(at - NUMBER_LENGTH) >= 2 * CALL_NUMBERS) return 0;
    return memcmp(at - LONG, "\x48\xc7\xc0", 3) == 0 ? LONG : at[-SHORT] == 0xb8 ? SHORT : 0;
}

/* musl's cancellation points all come by `mov %r11,8(%rsp); syscall; ret`, with nothing but code behind. */
static bool is_cancellation_point(const struct code *code, size_t call) {
    return call >= 5 && call + 3 <= code->size &&
           memcmp(code->bytes + call - 5, "\x4c\x89\x5c\x24\x08\x0f\x05\xc3", 8) == 0;
}

static void examine(const struct code *code, struct site *site) {
    const uint8_t *call = code->bytes + site->call;
    size_t move = move_length(code, site->call);
    site->certain = move || looks_certain(call + CALL_LENGTH, code->size - site->call - CALL_LENGTH);
    if (move && !is_jumped_to(code, site->call)) {
        site->number = read_distance(call - NUMBER_LENGTH);
        site->at = site->call - move;
        site->length = move + CALL_LENGTH;
    } else if (is_cancellation_point(code, site->call)) {
        site->certain = true;
        site->at = site->call - 5;
        site->length = 5 + CALL_LENGTH;
    } else {
        measure_tail(code, site);
    }
}

bool site_next(const struct code *code, size_t *from, struct site *site) {
    enum { WORD = 8 };
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    size_t at = *from + 1; /* of the second byte, the rarer one */
    while (at < code->size) {
        uint64_t word;
        if (at + WORD <= code->size) {
            memcpy(&word, code->bytes + at, WORD);
            word ^= 5 * ones;
            word = (word - ones) & ~word & highs; /* the lowest bit set is right: Hacker's Delight, 6-1 */
            if (!word) {
                at += WORD;
                continue;
            }
            at += (size_t)__builtin_ctzll(word) / 8;
        }
        if (code->bytes[at] == 0x05 && code->bytes[at - 1] == 0x0f) {
            *site = (struct site){.call = at - 1, .number = NUMBER_UNKNOWN};
            *from = at + 1;
            examine(code, site);
            return true;
        }
        at++;
    }
    *from = code->size;
    return false;
}

struct writer {
    uint8_t *at;
    bool failed;
};

static void put(struct writer *writer, const void *bytes, size_t length) {
    memcpy(writer->at, bytes, length);
    writer->at += length;
}

/* A distance from its own end. */
static void put_distance(struct writer *writer, const uint8_t *target) {
    int64_t distance = target - (writer->at + 4);
    int32_t near = (int32_t)distance;
    if (distance != near) writer->failed = true;
    put(writer, &near, sizeof near);
}

static void put_jump(struct writer *writer, const uint8_t *target) {
    put(writer, "\xe9", 1);
    put_distance(writer, target);
}

/* What stood behind the call, with the distances that its new place needs. */
static void put_tail(struct writer *writer, const uint8_t *from, const uint8_t *end) {
    bool ended = false;
    while (from < end && !ended) {
        struct instruction read = instruction_read(from, (size_t)(end - from));
        const uint8_t *next = from + read.length;
        bool is_relative = read.kind == INSTRUCTION_RELATIVE || read.kind == INSTRUCTION_RELATIVE_END;
        ended = read.kind >= INSTRUCTION_END;
        if (!is_relative) {
            put(writer, from, read.length);
        } else if (read.length == 2 && read.distance == 1) {
            uint8_t long_form[] = {0x0f, (uint8_t)(from[0] + 0x10)};
            const uint8_t *target = next + (int8_t)from[1];
            if (from[0] == 0xeb) {
                put_jump(writer, target);
            } else {
                put(writer, long_form, sizeof long_form);
                put_distance(writer, target);
            }
        } else { /* an immediate value may follow the distance, which counts from the instruction's end */
            size_t behind = read.length - read.distance - 4u;
            put(writer, from, read.distance);
            put_distance(writer, next + read_distance(from + read.distance) - behind);
            put(writer, next - behind, behind);
        }
        from = next;
    }
    if (!ended) put_jump(writer, end);
}

static bool write_trampoline(const struct code *code, const struct site *site, uint8_t *trampoline,
                             const struct trampoline_head *head) {
    struct writer writer = {trampoline, false};
    const uint8_t *call = code->bytes + site->call;
    put(&writer, code->bytes + site->at, site->call - site->at);
    if (site->number == NUMBER_UNKNOWN) { /* compilers never expect flags to outlive a call */
        const uint32_t numbers = CALL_NUMBERS;
        put(&writer, "\x3d", 1); /* cmp $CALL_NUMBERS,%eax */
        put(&writer, &numbers, sizeof numbers);
        put(&writer, "\x73\x09\x0f\xa3\x05", 5); /* jae +9; bt %eax,watched(%rip) */
        put_distance(&writer, head->watched);
        put(&writer, "\x73\x0d", 2); /* jnc +13 */
    }
    put(&writer, "\x48\x8d\x0d\x06\x00\x00\x00\xff\x25", 9); /* lea 6(%rip),%rcx; jmp *entry(%rip) */
    put_distance(&writer, (const uint8_t *)&head->entry);
    put(&writer, call, CALL_LENGTH);
    put_tail(&writer, call + CALL_LENGTH, code->bytes + site->at + site->length);
    return !writer.failed;
}

/* Padding of at least seven bytes within reach of a short jump: should it ever be run, it hops over the jump put into
 * it. Prefixes, which a jump must not have, are taken in where a return stands in front of them. */
static uint8_t *find_padding(const struct code *code, size_t call) {
    size_t first = call > HOP_REACH ? call - HOP_REACH : 0;
    for (size_t at = first + 1; at < call + HOP_REACH && at + 8 <= code->size; at++) {
        if (memcmp(code->bytes + at, "\x0f\x1f\x80\x00\x00\x00\x00", 7) != 0 &&
            memcmp(code->bytes + at, "\x0f\x1f\x84\x00\x00\x00\x00\x00", 8) != 0)
            continue;
        size_t start = at;
        while (start > first && (code->bytes[start - 1] == 0x66 || code->bytes[start - 1] == 0x2e)) start--;
        if (start == at || (start > first && code->bytes[start - 1] == 0xc3)) return code->bytes + start;
    }
    return NULL;
}

bool site_patch(const struct code *code, const struct site *site, uint8_t trampoline[static TRAMPOLINE_SIZE],
                const struct trampoline_head *head) {
    struct site tight = *site;
    uint8_t *padding = NULL;
    if (!site->length) {
        padding = find_padding(code, site->call);
        tight.at = site->call;
        tight.length = HOP_LENGTH;
        if (!padding) return false;
    }
    if (!write_trampoline(code, &tight, trampoline, head)) return false;
    uint8_t *at = code->bytes + tight.at;
    if (!padding) {
        struct writer jump = {at, false};
        put_jump(&jump, trampoline);
        memset(jump.at, 0xcc, tight.length - JUMP_LENGTH);
        return true;
    }
    uint8_t hop[HOP_LENGTH + JUMP_LENGTH] = {0xeb, JUMP_LENGTH, 0xe9};
    int32_t distance = (int32_t)(trampoline - (padding + sizeof hop));
    memcpy(hop + HOP_LENGTH + 1, &distance, sizeof distance);
    if (memmem(hop, sizeof hop, "\x0f\x05", CALL_LENGTH)) return false; /* would be found as a call */
    memcpy(padding, hop, sizeof hop);
    at[0] = 0xeb;
    at[1] = (uint8_t)(padding - at); /* from its end to behind the first two bytes of the padding */
    return true;
}

#endif
