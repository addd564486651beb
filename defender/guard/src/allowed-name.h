/* Names that the policy was found to allow, so that opening them again need not go through its patterns. */
#ifndef RINGFENCE_ALLOWED_NAME_H
#define RINGFENCE_ALLOWED_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was asked, and what the answer depends on beside it. */
struct name_question {
    const char *path;
    uint16_t length;
    uint8_t accesses; /* a bit for each enum file_access */
    bool started;
    uint32_t policy; /* its number */
};

/* Taken before the judging, so that no answer is kept for a policy that has come to be meanwhile. */
struct name_question name_question_of(const char *path, uint8_t accesses);

bool allowed_name_is(const struct name_question *question);

void allowed_name_remember(const struct name_question *question);

#endif
