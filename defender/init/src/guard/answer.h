/* One system call of a guarded process that waits for its answer, and the ways to give it. Every call needs exactly one
 * answer, at once or later: a request may be copied and kept, and the thread waits until then. */
#ifndef RINGFENCE_ANSWER_H
#define RINGFENCE_ANSWER_H

#include <sys/types.h>

#include "calls.h"

struct request {
    int listener;
    struct seccomp_notif notification;
    const struct watched_call *call;
    pid_t thread;
};

/* All return false when the thread does not wait any more (it ended, or a signal interrupted it). */

/* The call fails with `error`. */
bool answer_refuse(const struct request *request, int error);

/* The call was done on behalf of the thread, and gives it this value. */
bool answer_value(const struct request *request, int64_t value);

/* The call was done on behalf of the thread: -1 makes it fail with errno, anything else is its value. */
bool answer_result(const struct request *request, int64_t result);

/* The kernel does the call. What lies behind its pointers and descriptors may have changed since it was looked at, so
 * this is for what registers decide, and for what is only told. */
bool answer_continue(const struct request *request);

/* The call gives the thread a copy of `fd`; `flags`: O_CLOEXEC or 0. */
bool answer_descriptor(const struct request *request, int fd, int flags);

/* Whether the thread still waits, and so is the one that asked. To be called after something was looked up by the
 * thread's number, before that is relied on. */
bool answer_is_awaited(const struct request *request);

#endif
