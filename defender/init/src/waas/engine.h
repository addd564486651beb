/* The detection engine (packages/waas), linked as C. It sees and changes nothing but a memory of its own; what goes
 * wrong in it ends its work and not the init. */
#ifndef RINGFENCE_ENGINE_H
#define RINGFENCE_ENGINE_H

#include "span.h"

enum engine_decision {
    ENGINE_PASS,    /* the function gets the event as it came */
    ENGINE_ANSWER,  /* the answer is the function's response */
    ENGINE_ERROR,   /* the answer is the function's error */
    ENGINE_REPLACE, /* the function gets the answer instead */
};

/* Spans lie in the engine's memory until it is called again. */
struct engine_findings {
    enum engine_decision decision;
    uint32_t verdicts;
    bool is_incomplete; /* something of the event was left unread */
    struct span answer;
    struct span failures; /* with ENGINE_REPLACE: what is to be merged into the response; may be empty */
    struct span report;   /* JSON */
};

/* Before anything else: it takes the signal of a fault for itself, and blocks it but while the engine runs. */
void engine_catch_faults(void);

/* Whether the engine takes this as the waas section of a policy. */
bool engine_accepts(struct span section);

/* A new engine for that section, in place of the one before and of all that it knew. */
bool engine_start(struct span section);

/* All further calls are for a started engine. Those that return false (NULL) have failed for good: the engine must be
 * started anew. */

/* Whether the policy keeps an event from the function that the engine could not judge. */
bool engine_is_closed_on_error(void);

/* Room for so many bytes of input, which the caller fills. Asked again for more, it keeps what is there. */
uint8_t *engine_input(size_t size);

/* Judges the first `size` bytes of the input as an event. `now` in Unix seconds. */
bool engine_inspect(size_t size, uint32_t now, struct engine_findings *findings);

/* Merges failures into a response: the input is the response, and behind its `size` bytes the failures. */
bool engine_merge(size_t size, size_t failures, struct span *merged);

/* Gives back what memory a large input took. What the engine has returned is lost. */
void engine_relax(void);

#endif
