/* The two descriptors that lead to the init stay open, also in programs that close all they don't know. */
#ifndef RINGFENCE_DESCRIPTORS_H
#define RINGFENCE_DESCRIPTORS_H

#include "call.h"

/* As if they were closed already. */
enum verdict close_decide(struct call *call);

/* dup2 and dup3. */
enum verdict duplicate_decide(struct call *call);

enum verdict close_range_decide(struct call *call);

#endif
