#include "allowed-name.h"

#include <string.h>

#include "state.h"

enum { ALLOWED_NAMES = 16, LONGEST = 112 };

static struct allowed_name {
    uint16_t length; /* 0: none */
    uint8_t accesses;
    bool started;
    uint32_t policy;
    char path[LONGEST];
} allowed_names[ALLOWED_NAMES];
static bool busy; /* whoever finds it so does without: they may be a signal's handler, or a fork's child */

struct name_question name_question_of(const char *path, uint8_t accesses) {
    return (struct name_question){.path = path,
                                  .length = (uint16_t)strlen(path),
                                  .accesses = accesses,
                                  .started = state_started(),
                                  .policy = state_policy_number()};
}

/* Names in one folder differ in their last bytes. */
static struct allowed_name *place_of(const struct name_question *question) {
    const char *end = question->path + question->length;
    unsigned last = question->length < 2 ? 0 : (unsigned)(uint8_t)end[-1] + 3u * (uint8_t)end[-2];
    return &allowed_names[(last + 5u * question->length) % ALLOWED_NAMES];
}

static bool answers(const struct allowed_name *name, const struct name_question *question) {
    return name->length == question->length && name->policy == question->policy && name->started == question->started &&
           !(question->accesses & ~name->accesses) && memcmp(name->path, question->path, name->length) == 0;
}

bool allowed_name_is(const struct name_question *question) {
    if (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE)) return false;
    bool allowed = answers(place_of(question), question);
    __atomic_clear(&busy, __ATOMIC_RELEASE);
    return allowed;
}

void allowed_name_remember(const struct name_question *question) {
    if (question->length > LONGEST || __atomic_test_and_set(&busy, __ATOMIC_ACQUIRE)) return;
    struct allowed_name *name = place_of(question);
    name->length = question->length;
    name->accesses = question->accesses;
    name->started = question->started;
    name->policy = question->policy;
    memcpy(name->path, question->path, question->length);
    __atomic_clear(&busy, __ATOMIC_RELEASE);
}
