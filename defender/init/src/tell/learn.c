#include "learn.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "audit.h"
#include "command-lines.h"
#include "loop.h"
#include "model.h"
#include "surroundings.h"

enum { MAX_DETAIL = 2600, ENTRY_ROOM = 600, MAX_FOLDER = 256, TELL_AFTER_MS = 10000 };

static uint64_t since; /* Unix milliseconds; 0: nothing is learned */
static uint64_t told_at;
static uint32_t most_invocations, most_seconds;
static uint32_t invocations, invocations_told;
static uint32_t left_out;
static bool is_over;

static void tell_later(struct loop_timer *timer) {
    (void)timer;
    learn_flush();
}

static struct loop_timer timer = {.fire = tell_later};

static uint64_t unix_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void describe_arguments(const struct model_entry *entry, struct json *json) {
    const char *at = entry->value + strlen(entry->value) + 1, *end = at + entry->arguments;
    json_open(json, "arguments", '[');
    for (; at < end; at += strlen(at) + 1) json_bytes(json, NULL, at, strlen(at), MODEL_MAX_VALUE);
    json_close(json, ']');
}

static void describe_entry(const struct model_entry *entry, struct json *json) {
    json_open(json, NULL, '{');
    json_text(json, "kind", use_names[entry->use]);
    json_bytes(json, "value", entry->value, strlen(entry->value), MODEL_MAX_VALUE);
    if (entry->port) json_number(json, "port", entry->port);
    if (entry->use == USE_PROCESS && entry->arguments != ANY_ARGUMENTS) describe_arguments(entry, json);
    json_number(json, "count", entry->count);
    json_number(json, "first", entry->first);
    json_number(json, "last", entry->last);
    json_close(json, '}');
}

static void put_folder(struct json *json, const char *key, enum variable variable) {
    struct span folder = surroundings.variables.values[variable];
    if (folder.bytes) json_bytes(json, key, folder.bytes, folder.length, MAX_FOLDER);
}

/* As many entries as fit one line. Returns whether there were any. */
static bool tell_some(size_t *cursor) {
    char text[MAX_DETAIL], message[100];
    struct json detail;
    const struct model_entry *entry;
    unsigned count = 0;
    json_start(&detail, text, sizeof text);
    json_open(&detail, NULL, '{');
    json_number(&detail, "invocations", invocations - invocations_told);
    json_number(&detail, "since", since);
    put_folder(&detail, "task", VARIABLE_TASK);
    put_folder(&detail, "runtime", VARIABLE_RUNTIME);
    json_open(&detail, "entries", '[');
    while (detail.length + ENTRY_ROOM < sizeof text && (entry = model_next(cursor))) {
        describe_entry(entry, &detail);
        model_told(entry);
        count++;
    }
    json_close(&detail, ']');
    json_close(&detail, '}');
    if (!count && invocations == invocations_told) return false;
    snprintf(message, sizeof message, "learned: %u things were used", count);
    audit_emit(&(struct audit){
        .type = "model", .effect = EFFECT_LEARN, .action = "reported", .message = message, .detail = &detail});
    invocations_told = invocations;
    return count > 0;
}

void learn_flush(void) {
    size_t cursor = 0;
    if (!since) return;
    told_at = unix_ms();
    while (tell_some(&cursor)) continue;
    if (!left_out) return;
    char message[120];
    snprintf(message, sizeof message, "learning: %u uses found no room in the model and were left out", left_out);
    left_out = 0;
    audit_defender(message);
}

static void end(const char *why) {
    char message[120];
    is_over = true;
    learn_flush();
    model_release();
    loop_disarm(&timer);
    snprintf(message, sizeof message, "learning has ended in this instance: %s", why);
    audit_emit(&(struct audit){.type = "policy", .effect = EFFECT_LEARN, .action = "reported", .message = message});
}

static void end_when_due(void) {
    if (is_over || !since) return;
    if (most_invocations && invocations >= most_invocations) {
        end("it has seen as many invocations as the policy asks for");
    } else if (most_seconds && unix_ms() - since >= (uint64_t)most_seconds * 1000) {
        end("it has learned for as long as the policy asks for");
    }
}

void learn_use_policy(const struct policy *policy) {
    most_invocations = policy->learn_invocations;
    most_seconds = policy->learn_seconds;
    is_over = false;
}

static bool find_use(const char *kind, enum use *use) {
    for (int i = 0; i < USES; i++)
        if (strcmp(use_names[i], kind) == 0) return *use = (enum use)i, true;
    return false;
}

void learn_access(const struct access *access) {
    enum use use;
    end_when_due();
    if (is_over || !find_use(access->kind, &use)) return;
    uint64_t now = unix_ms();
    if (!since) since = now;
    if (!model_count(use, access->value, access->port, access->arguments, now)) left_out++;
    if (!timer.due) loop_arm(&timer, TELL_AFTER_MS);
}

void learn_invocation_ended(void) {
    if (!since || is_over) return;
    invocations++;
    end_when_due();
    /* A sandbox that is frozen between invocations may never get to a timer, nor come to an orderly end. */
    if (!is_over && unix_ms() - told_at >= TELL_AFTER_MS) learn_flush();
}
