#include "report.h"

#include <sys/socket.h>

#include "own-program.h"
#include "state.h"
#include "system.h"

enum { LONGEST_FIELD = 1024 };

static uint32_t lost;

void report_begin(struct report *report, char *buffer, struct library_record record, const char *call) {
    record.process = (int32_t)SYSTEM(getpid, 0);
    *report = (struct report){buffer, sizeof record};
    memcpy(buffer, &record, sizeof record);
    report_text(report, FIELD_CALLER, own_program()->path);
    report_text(report, FIELD_CALL, call);
}

void report_bytes(struct report *report, enum library_field_type type, const void *bytes, size_t length) {
    struct library_field field = {(uint8_t)type, 0, (uint16_t)(length < LONGEST_FIELD ? length : LONGEST_FIELD)};
    if (report->length + sizeof field + field.length > LIBRARY_RECORD) return;
    memcpy(report->buffer + report->length, &field, sizeof field);
    memcpy(report->buffer + report->length + sizeof field, bytes, field.length);
    report->length += sizeof field + field.length;
    ((struct library_record *)(void *)report->buffer)->fields++;
}

void report_text(struct report *report, enum library_field_type type, const char *text) {
    report_bytes(report, type, text, strlen(text));
}

void report_send(struct report *report) {
    struct library_record *record = (struct library_record *)(void *)report->buffer;
    uint32_t before = __atomic_exchange_n(&lost, 0, __ATOMIC_RELAXED);
    record->lost = (uint16_t)(before < UINT16_MAX ? before : UINT16_MAX);
    long sent = SYSTEM(sendto, state.audit_fd, report->buffer, report->length, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) __atomic_fetch_add(&lost, before + 1, __ATOMIC_RELAXED);
}
