#include "waas.h"

#include <time.h>

#include "audit.h"
#include "waas-audit.h"

static struct span section;
static bool is_running; /* the engine has this section, and did not give up since */
static bool is_closed_on_error;

static bool start(void) {
    if (!is_running) is_running = engine_start(section);
    return is_running;
}

void waas_use_policy(const struct policy *policy) {
    bool is_same = span_is(section, policy->waas);
    section = policy->waas;
    if (is_same) return;
    is_running = false;
    is_closed_on_error = section.length && (!start() || engine_is_closed_on_error());
}

bool waas_is_on(void) { return section.length; }

uint8_t *waas_room(size_t size) {
    uint8_t *room = start() ? engine_input(size) : NULL;
    if (!room) is_running = false;
    return room;
}

struct waas_judgement waas_judge(size_t size, struct span request_id) {
    struct engine_findings findings;
    if (!engine_inspect(size, (uint32_t)time(NULL), &findings)) {
        is_running = false;
        return waas_give_up("made the engine give up", request_id);
    }
    if (findings.verdicts || findings.is_incomplete || findings.decision != ENGINE_PASS)
        waas_audit(&findings, request_id);
    return (struct waas_judgement){findings.decision, findings.answer, findings.failures};
}

struct waas_judgement waas_give_up(const char *why, struct span request_id) {
    waas_audit_unjudged(why, is_closed_on_error, request_id);
    if (!is_closed_on_error) return (struct waas_judgement){.decision = ENGINE_PASS};
    return (struct waas_judgement){
        .decision = ENGINE_ERROR,
        .answer = span_of("{\"errorMessage\":\"Ringfence refused the event, which it could not judge: see the audit of "
                          "this request\",\"errorType\":\"Ringfence.Refused\"}"),
    };
}

bool waas_merge(size_t size, size_t failures, struct span *merged) {
    bool is_merged = engine_merge(size, failures, merged);
    if (!is_merged) is_running = false;
    return is_merged;
}

void waas_done(void) {
    if (is_running) engine_relax();
}
