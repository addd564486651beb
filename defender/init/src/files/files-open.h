/* open, openat, creat. */
#ifndef RINGFENCE_FILES_OPEN_H
#define RINGFENCE_FILES_OPEN_H

#include "answer.h"

/* Answers the request: with a descriptor of what was checked, where the policy prevents. */
void files_open(const struct request *request, const struct policy *policy);

#endif
