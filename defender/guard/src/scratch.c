#include "scratch.h"

#include <errno.h>

#include "state.h"
#include "system.h"

enum { SCRATCHES = 16 };

static struct scratch pool[SCRATCHES];

/* A signal's handler may have left by longjmp, and after a fork the other threads are not there. */
static bool is_abandoned(const struct scratch *scratch, int32_t owner, int32_t thread) {
    if (owner == thread) return scratch->frame < (uintptr_t)__builtin_frame_address(0);
    return SYSTEM(tkill, owner, 0) == -ESRCH;
}

static struct scratch *claim(struct scratch *scratch, int32_t from, int32_t thread) {
    if (!__atomic_compare_exchange_n(&scratch->owner, &from, thread, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return NULL;
    scratch->frame = (uintptr_t)__builtin_frame_address(0);
    return scratch;
}

struct scratch *scratch_take(void) {
    int32_t thread = (int32_t)SYSTEM(gettid, 0);
    struct scratch *taken;
    for (;; SYSTEM(sched_yield, 0)) {
        for (struct scratch *at = pool; at < pool + SCRATCHES; at++)
            if (!at->owner && (taken = claim(at, 0, thread))) return taken;
        for (struct scratch *at = pool; at < pool + SCRATCHES; at++) {
            int32_t owner = at->owner;
            if (owner && is_abandoned(at, owner, thread) && (taken = claim(at, owner, thread))) return taken;
        }
    }
}

void scratch_give(struct scratch *scratch) { __atomic_store_n(&scratch->owner, 0, __ATOMIC_RELEASE); }

/* Only the first thread of a process that did not start as this program can share memory with a parent; a process of
 * its own kind has a use of its own for this address. */
static bool may_share_memory(void) {
    long process = SYSTEM(getpid, 0);
    return process != state.process && process == SYSTEM(gettid, 0);
}

void scratch_leave_to_kernel(struct scratch *scratch) {
    if (may_share_memory()) SYSTEM(set_tid_address, &scratch->owner);
}

void scratch_take_back(void) {
    if (may_share_memory()) SYSTEM(set_tid_address, 0);
}
