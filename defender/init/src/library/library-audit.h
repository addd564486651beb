/* Audits of what the guard library tells. */
#ifndef RINGFENCE_LIBRARY_AUDIT_H
#define RINGFENCE_LIBRARY_AUDIT_H

#include "span.h"

/* Writes the audit, or counts the use in the model, that a record is about. Anything may stand in it: it comes from
 * processes that are not trusted, and what is not well-formed is left out. */
void library_audit(struct span record);

#endif
