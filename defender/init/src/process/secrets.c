#include "secrets.h"

#include <string.h>
#include <unistd.h>

#include "initial-stack.h"

enum { MAX_NAME = 256 };

static const struct secret_rules none;
static const struct secret_rules *rules = &none;

void secrets_use_rules(const struct secret_rules *next) { rules = next; }

/* `text`: a setting, or its first MAX_NAME bytes. */
static bool is_secret(const char *text, size_t length) {
    const char *equals = memchr(text, '=', length);
    return equals && secret_rules_match(rules, (struct span){(const uint8_t *)text, (size_t)(equals - text)});
}

bool secrets_apply(pid_t process, enum secret_handling handling) {
    struct initial_stack stack;
    if (!rules->count) return true;
    if (!initial_stack_open(&stack, process)) return false;
    return handling == SECRETS_HIDDEN ? initial_stack_hide(&stack, is_secret) : initial_stack_remove(&stack, is_secret);
}

void secrets_forget(void) {
    char **to = environ;
    for (char **from = environ; *from; from++) {
        size_t length = strlen(*from);
        if (is_secret(*from, length < MAX_NAME ? length : MAX_NAME)) {
            explicit_bzero(*from, length);
        } else {
            *to++ = *from;
        }
    }
    *to = NULL;
}
