/* One call of the kernel, on its way there. */
#ifndef RINGFENCE_CALL_H
#define RINGFENCE_CALL_H

#include <stdbool.h>
#include <stdint.h>

/* As enter-*.S lays it out on the stack of whoever calls. What is written here is what the kernel gets. */
struct call {
    int64_t argument[6];
    int64_t number;
    uint64_t resume;
};

/* Whether the call was answered, and does not go to the kernel any more. */
enum verdict { CALL_GOES_ON, CALL_ANSWERED };

static inline enum verdict call_answer(struct call *call, int64_t result) {
#if defined(__x86_64__)
    call->number = result;
#elif defined(__aarch64__)
    call->argument[0] = result;
#endif
    return CALL_ANSWERED;
}

#endif
