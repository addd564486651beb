#include "descriptors.h"

#include <errno.h>

#include "state.h"
#include "system.h"

static bool is_own(int64_t fd) { return (int)fd == state.share_fd || (int)fd == state.audit_fd; }

enum verdict close_decide(struct call *call) {
    return is_own(call->argument[0]) ? call_answer(call, -EBADF) : CALL_GOES_ON;
}

enum verdict duplicate_decide(struct call *call) {
    return is_own(call->argument[0]) || is_own(call->argument[1]) ? call_answer(call, -EBADF) : CALL_GOES_ON;
}

/* In up to three parts, around the own ones. */
enum verdict close_range_decide(struct call *call) {
    uint32_t first = (uint32_t)call->argument[0], last = (uint32_t)call->argument[1];
    uint32_t low = (uint32_t)state.share_fd, high = (uint32_t)state.audit_fd;
    if (low > high) {
        low = high;
        high = (uint32_t)state.share_fd;
    }
    if (first > last || last < low || first > high || (first > low && last < high)) return CALL_GOES_ON;
    const uint32_t parts[3][2] = {{first, low - 1}, {low + 1, high - 1}, {high + 1, last}};
    long result = 0;
    for (int i = 0; i < 3 && !result; i++) {
        uint32_t from = parts[i][0] > first ? parts[i][0] : first, to = parts[i][1] < last ? parts[i][1] : last;
        if (from <= to) result = SYSTEM(close_range, from, to, call->argument[2]);
    }
    return call_answer(call, result);
}
