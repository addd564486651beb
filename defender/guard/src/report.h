/* Tells the init what was decided (library-share.h). Never waits: what finds no room is counted. */
#ifndef RINGFENCE_REPORT_H
#define RINGFENCE_REPORT_H

#include "library-share.h"
#include "policy.h"

struct report {
    char *buffer; /* of LIBRARY_RECORD bytes */
    size_t length;
};

/* Begins a record with who calls and what. */
void report_begin(struct report *report, char *buffer, struct library_record record, const char *call);

/* What does not fit is cut, or left out. */
void report_bytes(struct report *report, enum library_field_type type, const void *bytes, size_t length);
void report_text(struct report *report, enum library_field_type type, const char *text);

void report_send(struct report *report);

#endif
