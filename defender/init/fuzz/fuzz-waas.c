/* First byte: bit 0 the next bytes (u16 length before them) are the policy's section, else one that prevents all; bit 1
 * the rest is a response with failures behind it, and no event. Whatever it is, the engine must come to an end of its
 * own, and its audit must be well-formed and fit. */
#include "audit.h"
#include "waas.h"

#include <stdlib.h>
#include <string.h>

static void require(bool holds) {
    if (!holds) abort();
}

/* Whether brackets and quotes close; enough to see a value that was cut. */
static bool is_balanced(const char *text, size_t length) {
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text[i] == '{' || text[i] == '['))
            depth++;
        else if (!quoted && (text[i] == '}' || text[i] == ']') && --depth < 0)
            return false;
        if (quoted) require((unsigned char)text[i] >= 0x20);
    }
    return depth == 0 && !quoted;
}

void audit_emit(const struct audit *audit) {
    size_t length = strlen(audit->message);
    /* At the end: the event's own words may stand before it. */
    require(length < 7 || strcmp(audit->message + length - 7, "give up") != 0);
    require(length < 300 && audit->detail->length <= 2048);
    require(!audit->detail->full && is_balanced(audit->detail->text, audit->detail->length));
}

/* As packages/policy/src/compiled/waas-section.ts writes it: everything prevents, no lists. */
static struct span strict_section(void) {
    static uint8_t bytes[39] = {1, 1, 0, 50, 0x93, 1, 60};
    memset(bytes + 10, 2, 17);
    return (struct span){bytes, sizeof bytes};
}

static void merge(struct span bytes) {
    struct span merged;
    size_t failures = bytes.length / 2;
    uint8_t *room = waas_room(bytes.length);
    if (!room) return;
    memcpy(room, bytes.bytes, bytes.length);
    if (waas_merge(bytes.length - failures, failures, &merged)) require(merged.length >= failures);
}

static void judge(struct span event) {
    uint8_t *room = waas_room(event.length);
    require(room);
    memcpy(room, event.bytes, event.length);
    struct waas_judgement judgement = waas_judge(event.length, span_of("8476a536-e9f4-11e8-9739-2dfe598c3fcd"));
    if (judgement.decision == ENGINE_ANSWER || judgement.decision == ENGINE_ERROR)
        require(is_balanced((const char *)judgement.answer.bytes, judgement.answer.length));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (!size) return 0;
    struct span rest = {bytes + 1, size - 1}, section = strict_section();
    bool is_own = bytes[0] & 1 && rest.length >= 2;
    if (is_own) {
        size_t length = rest.bytes[0] | (size_t)rest.bytes[1] << 8;
        rest = span_after(rest, 2);
        section = (struct span){rest.bytes, length < rest.length ? length : rest.length};
        rest = span_after(rest, section.length);
        if (!section.length || !engine_accepts(section)) return 0;
    }
    waas_use_policy(&(struct policy){.waas = section});
    if (bytes[0] & 2)
        merge(rest);
    else
        judge(rest);
    waas_done();
    if (is_own) waas_use_policy(&(struct policy){.waas = {NULL, 0}}); /* before its bytes are gone */
    return 0;
}
