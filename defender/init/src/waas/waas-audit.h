/* Audits of type waas: the engine's own report (docs/architecture.md), cut to what an audit may hold. */
#ifndef RINGFENCE_WAAS_AUDIT_H
#define RINGFENCE_WAAS_AUDIT_H

#include "engine.h"

void waas_audit(const struct engine_findings *findings, struct span request_id);

/* An event that could not be judged: `why` completes "the event". */
void waas_audit_unjudged(const char *why, bool is_refused, struct span request_id);

#endif
