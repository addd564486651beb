/* Judges events before the function gets them, by the policy's waas section, and tells what it found. */
#ifndef RINGFENCE_WAAS_H
#define RINGFENCE_WAAS_H

#include "engine.h"
#include "policy.h"

/* What happens with an event. The texts are there until the next call. */
struct waas_judgement {
    enum engine_decision decision;
    struct span answer, failures; /* as in engine.h */
};

/* From now on events are judged by this policy, or not at all where it has no waas section. Who is banned stays so
 * while the section stays the same. */
void waas_use_policy(const struct policy *policy);

bool waas_is_on(void);

/* Room for an event, or for a response with failures behind it, of so many bytes. NULL when the engine has none. */
uint8_t *waas_room(size_t size);

/* Judges the event that the caller has put into the room, and audits what was found. */
struct waas_judgement waas_judge(size_t size, struct span request_id);

/* What happens with an event that can't be judged; `why` completes "the event". Audits that, too. */
struct waas_judgement waas_give_up(const char *why, struct span request_id);

/* Merges the failures behind the response in the room into it. */
bool waas_merge(size_t size, size_t failures, struct span *merged);

/* The judgement or what was merged is no longer needed. */
void waas_done(void);

#endif
