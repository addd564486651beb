#include "window.h"

#include <string.h>

#include "target.h"

enum { PAGE = 4096, BEFORE = 128 /* bytes in front of what is asked for: callees lie below their callers */ };

void window_open(struct window *window, pid_t thread) {
    window->thread = thread;
    window->length = 0;
}

static bool holds(const struct window *window, uint64_t address, size_t size) {
    uint64_t skipped = address - window->from;
    return address >= window->from && skipped <= window->length && size <= window->length - skipped;
}

/* Does not leave the page, since the next one may not be there. */
static bool move_to(struct window *window, uint64_t address) {
    size_t behind = address % PAGE, before = behind < BEFORE ? behind : BEFORE, after = PAGE - behind;
    size_t length = before + after < WINDOW_ROOM ? before + after : WINDOW_ROOM;
    window->from = address - before;
    window->length = target_read(window->thread, window->from, window->bytes, length) ? length : 0;
    return window->length > 0;
}

bool window_read(struct window *window, uint64_t address, void *out, size_t size) {
    bool found = holds(window, address, size) || (move_to(window, address) && holds(window, address, size));
    if (!found) return target_read(window->thread, address, out, size);
    memcpy(out, window->bytes + (address - window->from), size);
    return true;
}
