#include "coverage.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "audit.h"
#include "exec.h"
#include "landlock.h"
#include "library.h"

static const char *tier_of(const struct guard *guard) {
    if (guard->filter) return landlock_version() ? "T0" : "T1";
    return guard->by_library ? "T2" : "none";
}

/* The library may hold a section in the filter's place. */
static void add_tiers(const struct guard *guard, struct json *json) {
    json_open(json, "tiers", '{');
    for (unsigned bit = 0; bit < SECTIONS; bit++)
        if (guard->sections & 1u << bit)
            json_text(json, section_names[bit], guard->by_library & 1u << bit ? "T2" : tier_of(guard));
    json_close(json, '}');
}

static void add_missing_of_library(struct json *json) {
    struct library_reach reach = library_reach();
    char words[160];
    json_text(json, NULL, "machine code that calls the kernel by itself: tier T2 sees what libraries call");
    json_text(json, NULL, "static programs: one that the policy names runs without the guard");
    if (reach.spared) {
        json_text(json, NULL, "network of the runtime itself: it is a static program, which the policy names");
    } else if (!reach.loaded) {
        json_text(json, NULL, "the runtime has not loaded the guard library yet");
    }
    if (!reach.missed) return;
    snprintf(words, sizeof words, "%u of %u system calls in the runtime's code can't be led through the library",
             reach.missed, reach.sites);
    json_text(json, NULL, words);
}

const char *coverage_missing(const struct guard *guard, const struct policy *policy) {
    static char words[200];
    if (!(policy_sections(policy) & ~guard->sections) || !guard->library_error) return NULL;
    const char *lacks = "network: copies of descriptors (pidfd_getfd)", *why = "";
    if (guard->error) lacks = "seccomp filter: ", why = strerror(guard->error);
    snprintf(words, sizeof words, "%s%s; %s", lacks, why, guard->library_error);
    return words;
}

/* What lacks without ptrace; NULL: nothing that the policy asks for. */
static const char *missing_without_ptrace(const struct policy *policy) {
    if (policy->process.effect == EFFECT_PREVENT || policy->files.effect == EFFECT_PREVENT)
        return "verification of what was started (ptrace): allowed processes are not started";
    return policy->secrets.count ? "hiding of variables (ptrace)" : NULL;
}

static void add_missing(const struct guard *guard, const struct policy *policy, struct json *json) {
    const char *missing = coverage_missing(guard, policy);
    json_open(json, "missing", '[');
    if (missing) json_text(json, NULL, missing);
    if (guard->by_library) add_missing_of_library(json);
    const char *unverified = guard->filter && !exec_can_verify() ? missing_without_ptrace(policy) : NULL;
    if (unverified) json_text(json, NULL, unverified);
    if (guard->filter && landlock_holds(policy, FILE_READ))
        json_text(json, NULL, "audits of reading: what may not be read is refused by Landlock, which tells nobody");
    json_close(json, ']');
}

static void add_sections(const struct guard *guard, const struct policy *policy, struct json *json) {
    json_open(json, "sections", '{');
    for (unsigned bit = 0; bit < SECTIONS; bit++) {
        enum section section = (enum section)(1u << bit);
        bool in_sight = section == SECTION_SECRETS && !exec_hides_secrets();
        bool unguarded = policy_sections(policy) & section && (!(guard->sections & section) || in_sight);
        json_text(json, section_names[bit], unguarded ? "unguarded" : effect_names[policy_effect(policy, section)]);
    }
    json_close(json, '}');
}

void coverage_tell(const struct guard *guard, const struct policy *policy, const char *source) {
    char detail[1600], message[200];
    struct utsname kernel;
    uname(&kernel);
    bool is_guarded = guard->filter || guard->by_library;
    struct json json;
    json_start(&json, detail, sizeof detail);
    json_open(&json, NULL, '{');
    json_text(&json, "tier", tier_of(guard));
    json_text(&json, "kernel", kernel.release);
    json_bool(&json, "filter", guard->filter);
    json_bool(&json, "notify", guard->filter);
    json_bool(&json, "verify", guard->filter && exec_can_verify());
    json_number(&json, "landlock", (uint64_t)landlock_version());
    json_number(&json, "policy", policy->revision);
    json_text(&json, "source", source);
    json_text(&json, "init", RINGFENCE_VERSION);
    add_sections(guard, policy, &json);
    add_tiers(guard, &json);
    add_missing(guard, policy, &json);
    json_close(&json, '}');
    snprintf(message, sizeof message,
             is_guarded ? guard->filter && guard->by_library ? "the function is guarded at tier %s, its network at T2"
                                                             : "the function is guarded at tier %s"
             : policy_sections(policy) ? "the function is not guarded: the platform does not allow it"
                                       : "the function is not guarded: its policy disables the guard",
             tier_of(guard));
    audit_emit(&(struct audit){.type = "coverage",
                               .effect = policy_strongest_effect(policy),
                               .action = "reported",
                               .message = message,
                               .detail = &json});
}
