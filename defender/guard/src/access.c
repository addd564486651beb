#include "access.h"

#include "report.h"

enum { LEARNED = 1024, PROBES = 8 };

static uint64_t learned[LEARNED]; /* hashes of what was recorded; what finds no place is recorded again */

/* FNV-1a, 64 bit. */
static uint64_t hash_more(uint64_t hash, const void *bytes, size_t length) {
    for (const uint8_t *at = bytes; length; length--, at++) hash = (hash ^ *at) * 0x100000001b3;
    return hash;
}

static bool is_first_use(const struct access *access) {
    uint64_t hash = hash_more(0xcbf29ce484222325, access->kind, strlen(access->kind) + 1);
    hash = hash_more(hash, &access->port, sizeof access->port);
    hash = hash_more(hash, access->value.bytes, access->value.length);
    if (!hash) hash = 1;
    for (uint64_t probe = 0; probe < PROBES; probe++) {
        uint64_t *slot = &learned[(hash + probe) % LEARNED], none = 0;
        uint64_t held = __atomic_load_n(slot, __ATOMIC_RELAXED);
        if (held == hash) return false;
        if (!held && __atomic_compare_exchange_n(slot, &none, hash, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            return true;
    }
    return true;
}

static void send(const struct access *access, enum library_record_type type, char *buffer) {
    struct report report;
    report_begin(&report, buffer,
                 (struct library_record){.type = (uint8_t)type,
                                         .section = (uint8_t)access->section,
                                         .effect = (uint8_t)access->effect,
                                         .port = access->port},
                 access->call);
    report_bytes(&report, FIELD_VALUE, access->value.bytes, access->value.length);
    report_text(&report, FIELD_KIND, access->kind);
    if (access->reason) report_text(&report, FIELD_REASON, access->reason);
    for (int i = 0; i < ACCESS_FIELDS; i++)
        if (access->fields[i].bytes.length)
            report_bytes(&report, access->fields[i].type, access->fields[i].bytes.bytes,
                         access->fields[i].bytes.length);
    report_send(&report);
}

bool access_is_refused(const struct access *access, char *buffer) {
    if (access->effect == EFFECT_DISABLE) return false;
    if (access->effect == EFFECT_LEARN) {
        if (is_first_use(access)) send(access, RECORD_LEARNED, buffer);
        return false;
    }
    if (access->allowed) return false;
    send(access, RECORD_ACCESS, buffer);
    return access->effect == EFFECT_PREVENT;
}

void access_tell_unguarded(const struct access *access, char *buffer) { send(access, RECORD_UNGUARDED, buffer); }

void access_tell_tampering(const char *call, const char *reason, const char *value, char *buffer) {
    struct report report;
    report_begin(&report, buffer, (struct library_record){.type = RECORD_TAMPER, .effect = EFFECT_PREVENT}, call);
    report_text(&report, FIELD_VALUE, value);
    report_text(&report, FIELD_REASON, reason);
    report_send(&report);
}
