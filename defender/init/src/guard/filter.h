/* The seccomp filter: which system calls of the guarded processes come to the init. */
#ifndef RINGFENCE_FILTER_H
#define RINGFENCE_FILTER_H

#include <linux/filter.h>

#include "calls.h"

enum { MAX_INSTRUCTIONS = 2048 };

/* Builds the program that watches what these sections of a policy need, and keeps what is guarded from acting on the
 * process `init_pid`. Returns the number of instructions. */
size_t filter_build(struct sock_filter program[static MAX_INSTRUCTIONS], unsigned sections, int32_t init_pid,
                    int32_t init_group);

#endif
