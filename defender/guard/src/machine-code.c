#include "machine-code.h"

#include <string.h>

#if defined(__x86_64__)

#include "code-search.h"
#include "result-check.h"

enum { NO_FORM = -2, MOVE = 5, PUSH_WITHIN = 8, CLEAR_WITHIN = 32 };

/* mov $number,%eax or %rax in front of the call. */
static int32_t moved(const uint8_t *call, size_t before) {
    int32_t number;
    if (before < MOVE) return NO_FORM;
    memcpy(&number, call - sizeof number, sizeof number);
    bool is_move = call[-MOVE] == 0xb8 || (before > MOVE && memcmp(call - MOVE - 1, "\xc7\xc0", 2) == 0);
    return is_move && number >= 0 && number < CALL_NUMBERS ? number : NO_FORM;
}

/* push $number; pop %rax; then at most what sets an argument or two. */
static int32_t pushed(const uint8_t *call, size_t before) {
    for (size_t back = 3; back <= before && back <= PUSH_WITHIN; back++) {
        const uint8_t *push = call - back;
        if (push[0] == 0x6a && push[2] == 0x58) return push[1];
    }
    return NO_FORM;
}

/* mov $number,%al in front of the call, and before it xor %eax,%eax. */
static int32_t moved_into_cleared(const uint8_t *call, size_t before) {
    if (before < 2 || call[-2] != 0xb0) return NO_FORM;
    for (size_t back = 4; back <= before && back <= CLEAR_WITHIN; back++)
        if (memcmp(call - back, "\x31\xc0", 2) == 0) return call[-1];
    return NO_FORM;
}

bool machine_code_makes_call(const struct code *code, const uint8_t watched[static CALL_NUMBERS / 8]) {
    static int32_t (*const forms[])(const uint8_t *, size_t) = {moved, pushed, moved_into_cleared};
    for (size_t at = code_find_call(code, 0); at < code->size; at = code_find_call(code, at + 1)) {
        const uint8_t *call = code->bytes + at;
        int32_t number = NO_FORM;
        for (size_t i = 0; number == NO_FORM && i < sizeof forms / sizeof forms[0]; i++) number = forms[i](call, at);
        if (number == NO_FORM && is_compared_with_errors(call + 2, code->size - at - 2)) number = NUMBER_UNKNOWN;
        if (number != NO_FORM && number_is_watched(watched, number)) return true;
    }
    return false;
}

#elif defined(__aarch64__)

bool machine_code_makes_call(const struct code *code, const uint8_t watched[static CALL_NUMBERS / 8]) {
    struct site site;
    for (size_t from = 0; site_next(code, &from, &site);)
        if (number_is_watched(watched, site.number)) return true;
    return false;
}

#endif
