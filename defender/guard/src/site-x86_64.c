#include "site.h"

#include <string.h>

#include "code-search.h"
#include "instruction.h"
#include "result-check.h"

#if defined(__x86_64__)

enum {
    CALL_LENGTH = 2, /* syscall: 0f 05 */
    NUMBER_LENGTH = 4,
    CANCELLATION_LENGTH = 5,
    NUMBER_WITHIN = 48, /* bytes in front of the call */
    JUMP_LENGTH = 5,    /* e9 rel32 */
    HOP_LENGTH = 2,     /* eb rel8 */
    HOP_REACH = 120,
    MAX_TAIL = 24, /* JUMP_LENGTH - CALL_LENGTH - 1 and one longest instruction */
};

static int32_t read_distance(const uint8_t *at) {
    int32_t distance;
    memcpy(&distance, at, sizeof distance);
    return distance;
}

/* Takes in what follows the call until a jump fits. */
static void measure_tail(const struct code *code, struct site *site) {
    bool ended = false;
    size_t at = site->call + CALL_LENGTH;
    while (at - site->call < JUMP_LENGTH) {
        struct instruction read = instruction_read(code->bytes + at, code->size - at);
        if (!read.length || (ended && read.kind != INSTRUCTION_NOTHING)) return;
        ended |= read.kind >= INSTRUCTION_END;
        at += read.length;
    }
    if (at - site->call > MAX_TAIL) return;
    site->at = site->call;
    site->length = (uint8_t)(at - site->call);
}

/* Whether the two bytes are the operand of an instruction that moves bytes to or from 5(base,index). */
static bool is_operand(const struct code *code, size_t call) {
    if (call < 2) return false;
    const uint8_t *before = code->bytes + call - 2;
    bool is_move = (before[0] & 0xf8) == 0x88 || (before[0] & 0xf6) == 0xb6; /* mov and lea, movzx and movsx */
    return is_move && (before[1] & 0xc7) == 0x44;
}

static bool is_result_checked(const struct code *code, size_t call) {
    const uint8_t *after = code->bytes + call + CALL_LENGTH;
    size_t left = code->size - call - CALL_LENGTH;
    return is_compared_with_errors(after, left) || (is_compared_with_one(after, left) && !is_operand(code, call));
}

static bool is_number(const uint8_t *at) { return (uint32_t)read_distance(at) < 2 * CALL_NUMBERS; }

/* mov $number,%eax (b8 imm32) or mov $number,%rax (48 c7 c0 imm32) in front of the call; 0: neither. */
static size_t move_length(const struct code *code, size_t call) {
    enum { SHORT = 1 + NUMBER_LENGTH, LONG = 3 + NUMBER_LENGTH };
    const uint8_t *at = code->bytes + call;
    if (call < LONG || !is_number(at - NUMBER_LENGTH)) return 0;
    return memcmp(at - LONG, "\x48\xc7\xc0", 3) == 0 ? LONG : at[-SHORT] == 0xb8 ? SHORT : 0;
}

/* mov $number,%eax (b8 imm32), or mov of a register to %eax or %rax (89 modrm). */
static bool loads_number(const uint8_t *at) {
    if ((at[0] & 0xf1) == 0x40) at++; /* REX */
    return at[0] == 0xb8 ? is_number(at + 1) : at[0] == 0x89 && (at[1] & 0xc7) == 0xc0;
}

static bool leads_to(const struct code *code, size_t at, size_t call) {
    while (at < call) {
        struct instruction read = instruction_read(code->bytes + at, code->size - at);
        if (!read.length || read.kind >= INSTRUCTION_END) return false;
        at += read.length;
    }
    return at == call;
}

/* Whether whole instructions lead from one that loads a number to the call, so that it is one itself. */
static bool follows_number(const struct code *code, size_t call) {
    size_t at = call > NUMBER_WITHIN ? call - NUMBER_WITHIN : 0;
    for (; at + 2 <= call && at + 2 + NUMBER_LENGTH <= code->size; at++)
        if (loads_number(code->bytes + at) && leads_to(code, at, call)) return true;
    return false;
}

/* musl's cancellation points all come by `mov %r11,8(%rsp); syscall; ret`, with nothing but code behind. */
static bool is_cancellation_point(const struct code *code, size_t call) {
    return call >= CANCELLATION_LENGTH && call + 3 <= code->size &&
           memcmp(code->bytes + call - CANCELLATION_LENGTH, "\x4c\x89\x5c\x24\x08\x0f\x05\xc3", 8) == 0;
}

/* Whether the two bytes are rather part of a distance, a displacement or a small number: compilers put no conditional
 * jump and no addition to memory behind a call. */
static bool looks_like_number(const uint8_t *after, size_t left) {
    if (left < 4 || after[0] == 0x00 || after[0] == 0xff) return true;
    if ((after[0] & 0xf0) == 0x70 || (after[0] == 0x0f && (after[1] & 0xf0) == 0x80)) return true;
    bool is_move = (after[0] & 0xf8) == 0xb8; /* mov $number,%register */
    return !is_move && after[2] == 0x00 && after[3] == 0x00;
}

/* Which call it is, and whether it is one at all. */
static void recognise(const struct code *code, struct site *site) {
    size_t move = move_length(code, site->call);
    site->number = move ? read_distance(code->bytes + site->call - NUMBER_LENGTH) : NUMBER_UNKNOWN;
    site->certain = move || is_cancellation_point(code, site->call) || is_result_checked(code, site->call) ||
                    follows_number(code, site->call);
}

void site_measure(const struct code *code, struct site *site) {
    size_t front = is_cancellation_point(code, site->call) ? CANCELLATION_LENGTH
                   : site->number != NUMBER_UNKNOWN        ? move_length(code, site->call)
                                                           : 0;
    if (!front) {
        measure_tail(code, site);
        return;
    }
    site->at = (uint32_t)(site->call - front);
    site->length = (uint8_t)(front + CALL_LENGTH);
}

bool site_next(const struct code *code, size_t *from, struct site *site) {
    for (size_t at = code_find_call(code, *from); at < code->size; at = code_find_call(code, *from)) {
        *from = at + CALL_LENGTH;
        *site = (struct site){.call = (uint32_t)at, .number = NUMBER_UNKNOWN};
        recognise(code, site);
        if (site->certain || !looks_like_number(code->bytes + *from, code->size - *from)) return true;
    }
    *from = code->size;
    return false;
}

/* Without a branch but for the answer: which of so many candidates lead out of the code is hard to foretell. */
static bool is_wanted_jump(const struct code *code, const uint8_t *blocks, size_t at, size_t *target) {
    bool is_conditional = code->bytes[at] == 0x0f;
    size_t distance = at + 1 + is_conditional;
    *target = distance + 4 + (size_t)(int64_t)read_distance(code->bytes + distance);
    bool is_within = *target < code->size;
    return is_within & site_block_is_set(blocks, is_within ? *target : 0);
}

bool site_next_jump(const struct code *code, const uint8_t *blocks, size_t *from, size_t *target) {
    enum { LONGEST = 6 };
    uint64_t marks[CODE_MARKS];
    size_t at = *from;
    for (; at + CODE_MARKED + LONGEST <= code->size; at += CODE_MARKED) {
        code_mark_long_jumps(code->bytes + at, marks);
        for (size_t i = 0; i < CODE_MARKS; i++) {
            for (uint64_t found = marks[i]; found; found &= found - 1) {
                size_t jump = at + i * 64 + (size_t)__builtin_ctzll(found);
                *from = jump + 1;
                if (is_wanted_jump(code, blocks, jump, target)) return true;
            }
        }
    }
    for (; at + LONGEST <= code->size; at++) {
        *from = at + 1;
        if (code_is_long_jump(code->bytes + at) && is_wanted_jump(code, blocks, at, target)) return true;
    }
    *from = code->size;
    return false;
}

bool site_has_jump_nearby(const struct code *code, const struct site *site) {
    enum { LENGTH = 2, FARTHEST = LENGTH + INT8_MAX };
    size_t at = site->at > FARTHEST ? site->at - FARTHEST : 0, end = site->at + site->length;
    for (; at + LENGTH <= code->size && at < end - INT8_MIN; at++) {
        uint8_t first = code->bytes[at];
        if ((first & 0xf0) != 0x70 && first != 0xeb && (first & 0xfc) != 0xe0) continue;
        size_t target = at + LENGTH + (size_t)(int64_t)(int8_t)code->bytes[at + 1];
        if (target > site->at && target < end) return true;
    }
    return false;
}

struct writer {
    uint8_t *at, *end;
    bool failed;
};

static void put(struct writer *writer, const void *bytes, size_t length) {
    writer->failed |= length > (size_t)(writer->end - writer->at);
    if (writer->failed) return;
    memcpy(writer->at, bytes, length);
    writer->at += length;
}

/* A distance from its own end. */
static void put_distance(struct writer *writer, const uint8_t *target) {
    int64_t distance = target - (writer->at + 4);
    int32_t near = (int32_t)distance;
    writer->failed |= distance != near;
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
        if (!read.length) writer->failed = true;
        if (writer->failed) return;
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
    struct writer writer = {trampoline, trampoline + TRAMPOLINE_SIZE, false};
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
        struct writer jump = {at, at + tight.length, false};
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
