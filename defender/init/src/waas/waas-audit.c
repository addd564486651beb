#include "waas-audit.h"

#include <stdio.h>
#include <stdlib.h>

#include "audit.h"

enum {
    MAX_DETAIL = 2048, /* fits beside the longest function and message */
    MAX_SOURCE = 600,  /* bytes of who sent the event */
    SHOWN_PATH = 80
};

static const char *const decision_names[] = {
    [ENGINE_PASS] = "pass", [ENGINE_ANSWER] = "answer", [ENGINE_ERROR] = "error", [ENGINE_REPLACE] = "replace"};

/* What stands behind these words. They hold a quote that no string can hold, so that nothing an event says is taken
 * for them. */
static struct span behind(struct span text, const char *words) {
    const uint8_t *found = memmem(text.bytes, text.length, words, strlen(words));
    return found ? span_after(text, (size_t)(found - text.bytes) + strlen(words)) : (struct span){text.bytes, 0};
}

/* The inside of a JSON string, behind its first quote. */
static struct span string_inside(struct span text) {
    size_t at = 0;
    while (at < text.length && text.bytes[at] != '"') at += text.bytes[at] == '\\' ? 2 : 1;
    return (struct span){text.bytes, at < text.length ? at : text.length};
}

static struct span value_of(struct span object, const char *key) { return string_inside(behind(object, key)); }

/* The object that a list goes on with, or nothing. */
static struct span first_object(struct span list) {
    if (list.length && list.bytes[0] == ',') list = span_after(list, 1);
    if (!list.length || list.bytes[0] != '{') return (struct span){list.bytes, 0};
    int depth = 0;
    for (size_t at = 0; at < list.length; at++) {
        if (list.bytes[at] == '"')
            at += string_inside(span_after(list, at + 1)).length + 1;
        else if (list.bytes[at] == '{')
            depth++;
        else if (list.bytes[at] == '}' && --depth == 0)
            return (struct span){list.bytes, at + 1};
    }
    return (struct span){list.bytes, 0};
}

static void put_verdicts(struct json *detail, struct span list) {
    uint64_t left_out = strtoull((const char *)behind(list, "\"leftOut\":").bytes, NULL, 10);
    json_open(detail, "verdicts", '[');
    for (struct span next; (next = first_object(list)).length;
         list = span_after(list, (size_t)(next.bytes + next.length - list.bytes))) {
        if (detail->length + next.length + 100 < detail->size)
            json_raw(detail, NULL, (const char *)next.bytes, next.length);
        else
            left_out++;
    }
    json_close(detail, ']');
    json_number(detail, "leftOut", left_out);
}

static void begin_detail(struct json *detail, char *text, struct span request_id, enum engine_decision decision) {
    json_start(detail, text, MAX_DETAIL);
    json_open(detail, NULL, '{');
    json_bytes(detail, "requestId", request_id.bytes, request_id.length, 64);
    json_text(detail, "decision", decision_names[decision]);
}

static void emit(struct json *detail, enum engine_decision decision, const char *message) {
    bool passes = decision == ENGINE_PASS;
    audit_emit(&(struct audit){.type = "waas",
                               .effect = passes ? EFFECT_ALERT : EFFECT_PREVENT,
                               .action = passes ? "reported" : "blocked",
                               .message = message,
                               .detail = detail});
}

static void write_message(char *out, size_t size, enum engine_decision decision, struct span trigger,
                          struct span verdict) {
    static const char *const beginnings[] = {[ENGINE_PASS] = "an event",
                                             [ENGINE_ANSWER] = "refused an event",
                                             [ENGINE_ERROR] = "refused an event",
                                             [ENGINE_REPLACE] = "refused a part of an event"};
    int length = snprintf(out, size, "%s (%.*s)", beginnings[decision], (int)trigger.length, trigger.bytes);
    if (!verdict.length) {
        snprintf(out + length, size - (size_t)length, " that could not be judged fully");
        return;
    }
    struct span class = value_of(verdict, "{\"class\":\""), path = value_of(verdict, "\"path\":\""),
                reason = value_of(verdict, "\"reason\":\"");
    if (path.length > SHOWN_PATH) path.length = SHOWN_PATH;
    snprintf(out + length, size - (size_t)length, ": %.*s%s%.*s: the text %.*s", (int)class.length, class.bytes,
             path.length ? " in " : "", (int)path.length, path.bytes, (int)reason.length, reason.bytes);
}

void waas_audit(const struct engine_findings *findings, struct span request_id) {
    char text[MAX_DETAIL], message[300];
    struct json detail;
    struct span list = behind(findings->report, "\"verdicts\":["),
                trigger = value_of(findings->report, "{\"trigger\":\"");
    begin_detail(&detail, text, request_id, findings->decision);
    size_t source = (size_t)(list.bytes - findings->report.bytes) - strlen(",\"verdicts\":[") - 1;
    if (source <= MAX_SOURCE)
        json_raw(&detail, NULL, (const char *)findings->report.bytes + 1, source);
    else
        json_bytes(&detail, "trigger", trigger.bytes, trigger.length, 32);
    put_verdicts(&detail, list);
    json_bool(&detail, "incomplete", findings->is_incomplete);
    json_close(&detail, '}');
    write_message(message, sizeof message, findings->decision, trigger, first_object(list));
    emit(&detail, findings->decision, message);
}

void waas_audit_unjudged(const char *why, bool is_refused, struct span request_id) {
    char text[MAX_DETAIL], message[300];
    struct json detail;
    enum engine_decision decision = is_refused ? ENGINE_ERROR : ENGINE_PASS;
    begin_detail(&detail, text, request_id, decision);
    json_text(&detail, "trigger", "unknown");
    json_open(&detail, "verdicts", '[');
    json_close(&detail, ']');
    json_number(&detail, "leftOut", 0);
    json_bool(&detail, "incomplete", true);
    json_close(&detail, '}');
    snprintf(message, sizeof message, "%s an event that %s", is_refused ? "refused" : "did not judge", why);
    emit(&detail, decision, message);
}
