#include "secrets.h"

enum { ROOM = 32 * 1024 };

static char hidden[ROOM];

static bool is_secret(const struct secret_rules *rules, const char *setting) {
    const char *equals = strchr(setting, '=');
    return equals && secret_rules_match(rules, (struct span){(const uint8_t *)setting, (size_t)(equals - setting)});
}

void secrets_hide(const struct secret_rules *rules, char **environment) {
    size_t used = 0;
    for (; rules->count && environment && *environment; environment++) {
        size_t length = strlen(*environment);
        if (!is_secret(rules, *environment) || length >= ROOM - used) continue;
        memcpy(hidden + used, *environment, length + 1);
        memset(*environment, '\0', length);
        *environment = hidden + used;
        used += length + 1;
    }
}
