/* What acts on the init, or on the guard in other processes. */
#ifndef RINGFENCE_TAMPER_H
#define RINGFENCE_TAMPER_H

#include "call.h"

/* Calls whose first argument is a process. */
enum verdict tamper_decide_process(struct call *call);

/* Calls with which one process reaches into another's memory, or has it run something. */
enum verdict tamper_decide_memory(struct call *call);

/* setpriority and ioprio_set: the init is of the same user. */
enum verdict tamper_decide_priority(struct call *call);

/* Calls after which paths lead elsewhere. */
enum verdict tamper_decide_mount(struct call *call);

enum verdict tamper_decide_prctl(struct call *call);
enum verdict tamper_decide_fcntl(struct call *call);
enum verdict tamper_decide_personality(struct call *call);

/* Answers as a kernel that has no such call. */
enum verdict tamper_decide_absent(struct call *call);

#endif
