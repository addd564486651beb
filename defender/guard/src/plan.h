/* Where the C library's calls are is found out once for a function, by its main process, and kept by the init for the
 * processes that come after. */
#ifndef RINGFENCE_PLAN_H
#define RINGFENCE_PLAN_H

#include "library-share.h"
#include "site-list.h"

/* What a plan is about; false when the file can't be told from others. */
bool plan_key(struct library_plan_key *key, const char *path, size_t size,
              const uint8_t watched[static CALL_NUMBERS / 8]);

/* Fills in the measured list when there is a plan. */
bool plan_find(const struct library_plan_key *key, struct site_list *list);

/* Gives the measured list to the init, which takes it from the main process alone and only until it has said hello. */
void plan_tell(const struct library_plan_key *key, const struct site_list *list);

#endif
