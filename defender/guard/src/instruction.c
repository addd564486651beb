#include "instruction.h"

#include <stdbool.h>

enum { REX = 0x40, REX_W = 0x48, OPERAND_SIZE = 0x66, LOCK = 0xf0, REPEAT = 0xf3, SEGMENT_CS = 0x2e, MAX_LENGTH = 15 };

struct cursor {
    const uint8_t *bytes;
    size_t left;
    size_t at;
    bool wide; /* REX.W */
    bool short_operand;
    struct instruction read;
};

static const struct instruction unknown = {INSTRUCTION_PLAIN, 0, 0};

static uint8_t peek(const struct cursor *cursor) { return cursor->at < cursor->left ? cursor->bytes[cursor->at] : 0; }

static struct instruction plain(struct cursor *cursor, size_t operand) {
    cursor->at += operand;
    if (cursor->at > cursor->left || cursor->at > MAX_LENGTH) return unknown;
    cursor->read.length = (uint8_t)cursor->at;
    return cursor->read;
}

static struct instruction as(struct cursor *cursor, enum instruction_kind kind, size_t operand) {
    cursor->read.kind = kind;
    return plain(cursor, operand);
}

static struct instruction relative(struct cursor *cursor, enum instruction_kind kind, size_t size) {
    cursor->read.distance = (uint8_t)cursor->at;
    return as(cursor, kind, size);
}

/* ModRM, SIB and displacement (Intel SDM volume 2, 2.1.3), then `operand` bytes of immediate value. */
static struct instruction with_operands(struct cursor *cursor, size_t operand) {
    uint8_t modrm = peek(cursor), mode = modrm >> 6, base = modrm & 7;
    cursor->at++;
    if (mode != 3 && base == 4) {
        base = peek(cursor) & 7;
        cursor->at++;
        if (mode == 0 && base == 5) return plain(cursor, 4 + operand);
    } else if (mode == 0 && base == 5) {
        cursor->read.kind = INSTRUCTION_RELATIVE;
        cursor->read.distance = (uint8_t)cursor->at;
        return plain(cursor, 4 + operand);
    }
    return plain(cursor, (mode == 1 ? 1 : mode == 2 ? 4 : 0) + operand);
}

static struct instruction two_byte(struct cursor *cursor) {
    uint8_t code = peek(cursor);
    cursor->at++;
    if (code == 0x1f) {
        cursor->read.kind = INSTRUCTION_NOTHING;
        return with_operands(cursor, 0);
    }
    if (code >= 0x80 && code <= 0x8f) return relative(cursor, INSTRUCTION_RELATIVE, 4);
    if ((code >= 0x40 && code <= 0x4f) || (code >= 0x90 && code <= 0x9f)) return with_operands(cursor, 0);
    switch (code) {
    case 0x10:
    case 0x11:
    case 0x28:
    case 0x29:
    case 0x57:
    case 0x6e:
    case 0x6f:
    case 0x7e:
    case 0x7f:
    case 0xd6:
    case 0xef: /* moves of vectors, xor */
    case 0xa3:
    case 0xab:
    case 0xaf:
    case 0xb0:
    case 0xb1:
    case 0xb6:
    case 0xb7:
    case 0xbe:
    case 0xbf:
    case 0xc0:
    case 0xc1:
        return with_operands(cursor, 0);
    case 0x0b: /* ud2 */
        return as(cursor, INSTRUCTION_END, 0);
    default:
        return unknown;
    }
}

static struct instruction one_byte(struct cursor *cursor, uint8_t code) {
    size_t word = cursor->short_operand ? 2 : 4;
    if (code < 0x40 && (code & 7) < 6)
        return (code & 7) < 4 ? with_operands(cursor, 0) : (code & 7) == 4 ? plain(cursor, 1) : plain(cursor, word);
    if (code >= 0x50 && code <= 0x5f) return plain(cursor, 0);
    if (code >= 0x70 && code <= 0x7f) return relative(cursor, INSTRUCTION_RELATIVE, 1);
    if (code >= 0xb0 && code <= 0xb7) return plain(cursor, 1);
    if (code >= 0xb8 && code <= 0xbf) return plain(cursor, cursor->wide ? 8 : word);
    switch (code) {
    case 0x63:
    case 0x84:
    case 0x85:
    case 0x86:
    case 0x87:
    case 0x88:
    case 0x89:
    case 0x8a:
    case 0x8b:
    case 0x8d:
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
    case 0xfe:
        return with_operands(cursor, 0);
    case 0x6b:
    case 0x80:
    case 0x83:
    case 0xc0:
    case 0xc1:
    case 0xc6:
        return with_operands(cursor, 1);
    case 0x69:
    case 0x81:
    case 0xc7:
        return with_operands(cursor, word);
    case 0xf6:
        return with_operands(cursor, peek(cursor) & 0x30 ? 0 : 1);
    case 0xf7:
        return with_operands(cursor, peek(cursor) & 0x30 ? 0 : word);
    case 0xff: /* inc, dec and push; calls and jumps are left out */
        return (peek(cursor) >> 3 & 7) < 2 || (peek(cursor) >> 3 & 7) == 6 ? with_operands(cursor, 0) : unknown;
    case 0x90:
        return as(cursor, INSTRUCTION_NOTHING, 0);
    case 0x98:
    case 0x99:
        return plain(cursor, 0);
    case 0xa8:
        return plain(cursor, 1);
    case 0xa9:
        return plain(cursor, word);
    case 0xc3:
    case 0xcc:
    case 0xf4: /* ret, int3, hlt */
        return as(cursor, INSTRUCTION_END, 0);
    case 0xe9:
        return relative(cursor, INSTRUCTION_RELATIVE_END, 4);
    case 0xeb:
        return relative(cursor, INSTRUCTION_RELATIVE_END, 1);
    default:
        return unknown;
    }
}

struct instruction instruction_read(const uint8_t *bytes, size_t left) {
    struct cursor cursor = {.bytes = bytes, .left = left};
    uint8_t code;
    for (;; cursor.at++) {
        code = peek(&cursor);
        if (code == OPERAND_SIZE) cursor.short_operand = true;
        if (code != OPERAND_SIZE && code != LOCK && code != REPEAT && code != SEGMENT_CS) break;
    }
    if ((code & 0xf0) == REX) {
        cursor.wide = (code & REX_W) == REX_W;
        cursor.at++;
        code = peek(&cursor);
    }
    cursor.at++;
    if (code != 0x0f) return one_byte(&cursor, code);
    return two_byte(&cursor);
}
