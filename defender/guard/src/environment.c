#include "environment.h"

#include "state.h"

static bool is_variable(const char *setting, const char *name_and_equals) {
    return strncmp(setting, name_and_equals, strlen(name_and_equals)) == 0;
}

/* Code that these name would run before the guard does, so a child gets what the function started with. */
static bool is_replaced(const char *setting) {
    return is_variable(setting, LIBRARY_VARIABLE) || is_variable(setting, "LD_PRELOAD=") ||
           is_variable(setting, "LD_AUDIT=") || is_variable(setting, "LD_LIBRARY_PATH=");
}

static bool is_secret(const struct secret_rules *secrets, const char *setting) {
    const char *equals = secrets->count ? strchr(setting, '=') : NULL;
    return equals && secret_rules_match(secrets, (struct span){(const uint8_t *)setting, (size_t)(equals - setting)});
}

bool environment_of_child(const char *const *environment, const struct secret_rules *secrets, struct scratch *scratch) {
    const char **to = scratch->pointers, **end = to + SCRATCH_POINTERS - 4;
    *to++ = state.share->preload;
    *to++ = state.setting;
    if (state.share->library_path[0]) *to++ = state.share->library_path;
    for (; environment && *environment; environment++) {
        if (is_replaced(*environment) || is_secret(secrets, *environment)) continue;
        if (to == end) return false;
        *to++ = *environment;
    }
    *to = NULL;
    return true;
}
