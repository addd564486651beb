#include "aliases.h"

#include <string.h>

#include "dns-message.h"

enum { MOST_ALIASES = 64 };

static struct { char name[DNS_MOST_NAME + 1], target[DNS_MOST_NAME + 1]; } aliases[MOST_ALIASES];
static unsigned count, next;

const char *aliases_find(const char *target) {
    for (unsigned i = 0; i < count; i++)
        if (strcmp(aliases[i].target, target) == 0) return aliases[i].name;
    return NULL;
}

void aliases_learn(const char *name, const char *target) {
    if (!target[0] || target[0] == '?' || strcmp(name, target) == 0) return;
    for (unsigned i = 0; i < count; i++)
        if (strcmp(aliases[i].target, target) == 0 && strcmp(aliases[i].name, name) == 0) return;
    strcpy(aliases[next].name, name);
    strcpy(aliases[next].target, target);
    next = (next + 1) % MOST_ALIASES;
    if (count < MOST_ALIASES) count++;
}
