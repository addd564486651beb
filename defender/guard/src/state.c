#include "state.h"

#include <fcntl.h>
#include <sys/mman.h>

#include "system.h"

struct state state;

/* A policy, and what its patterns mean here. */
static struct understood {
    struct policy policy; /* the first, so that it leads to the rest */
    struct variables variables;
} parsed[2];
static uint32_t parsed_policies; /* how many of those handed out were read here */
static bool reading;

static const char *find_variable(char **environment, const char *start) {
    size_t length = strlen(start);
    for (; environment && *environment; environment++)
        if (strncmp(*environment, start, length) == 0) return *environment;
    return NULL;
}

static const char *read_descriptor(const char *text, int32_t *fd) {
    for (*fd = 0; *text >= '0' && *text <= '9'; text++) *fd = *fd * 10 + (*text - '0');
    return text;
}

static const char *map_share(void) {
    long at = SYSTEM(mmap, 0, sizeof(struct library_share), PROT_READ, MAP_SHARED, state.share_fd, 0);
    if (at < 0 && at > -4096) return "the init's memory can't be mapped";
    state.share = (const struct library_share *)at;
    return memcmp(state.share->magic, LIBRARY_MAGIC, sizeof state.share->magic) == 0 ? NULL
                                                                                     : "its memory is not the init's";
}

const char *state_open(char **environment) {
    const char *setting = find_variable(environment, LIBRARY_VARIABLE);
    if (!setting || strlen(setting) >= sizeof state.setting) return "RINGFENCE_GUARD is not set";
    memcpy(state.setting, setting, strlen(setting) + 1);
    const char *rest = read_descriptor(setting + strlen(LIBRARY_VARIABLE), &state.share_fd);
    if (*rest != ',' || *read_descriptor(rest + 1, &state.audit_fd)) return "RINGFENCE_GUARD is not well-formed";
    const char *error = map_share();
    if (error) return error;
    state.process = (int32_t)SYSTEM(getpid, 0);
    return NULL;
}

static void leave_to_filter(struct policy *policy) {
    policy->process.effect = policy->files.effect = EFFECT_DISABLE;
    policy->secrets.count = 0;
}

static void read_variables(struct variables *variables, const struct library_policy *policy) {
    for (int i = 0; i < VARIABLES; i++)
        if (state.share->variable_set[i]) variables->values[i] = span_of(state.share->variables[i]);
    variables->link_count = policy->link_count < MAX_LINKS ? policy->link_count : MAX_LINKS;
    memcpy(variables->links, policy->links, variables->link_count * sizeof *variables->links);
}

/* One thread reads a new policy; the others go on with the one before meanwhile. */
static void read_policy(uint32_t count) {
    if (__atomic_test_and_set(&reading, __ATOMIC_ACQUIRE)) return;
    const struct library_policy *next = &state.share->policy[(count - 1) % 2];
    struct understood *understood = &parsed[(count - 1) % 2];
    struct span compiled = {next->bytes, next->length};
    if (count != parsed_policies && next->length <= sizeof next->bytes &&
        !policy_parse(&understood->policy, compiled)) {
        if (state.share->filtered) leave_to_filter(&understood->policy);
        read_variables(&understood->variables, next);
        __atomic_store_n(&parsed_policies, count, __ATOMIC_RELEASE);
    }
    __atomic_clear(&reading, __ATOMIC_RELEASE);
}

const struct policy *state_policy(void) {
    uint32_t count = __atomic_load_n(&state.share->policies, __ATOMIC_ACQUIRE);
    if (count != __atomic_load_n(&parsed_policies, __ATOMIC_ACQUIRE)) read_policy(count);
    uint32_t known = __atomic_load_n(&parsed_policies, __ATOMIC_ACQUIRE);
    return known ? &parsed[(known - 1) % 2].policy : NULL;
}

uint32_t state_policy_number(void) {
    state_policy();
    return __atomic_load_n(&parsed_policies, __ATOMIC_ACQUIRE);
}

const struct variables *state_variables(const struct policy *policy) {
    return &((const struct understood *)(const void *)policy)->variables;
}
