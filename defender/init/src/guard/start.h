/* The runtime's own start: the execs that belong to it, until the runtime asks for its first event. */
#ifndef RINGFENCE_START_H
#define RINGFENCE_START_H

#include <stdbool.h>

#include "target.h"

/* `main_process` is the one that the init forked. */
void start_begin(pid_t main_process);

/* From here on the function's own code decides what happens, so no exec belongs to the start any more. */
void start_end(void);

bool start_has_ended(void);

/* Whether an exec of `file` by `thread` belongs to the start. */
bool start_includes(pid_t thread, const struct file_identity *file);

/* Tells that an exec that belongs to the start goes ahead: `program` is the binary that will run, for a script its
 * interpreter. */
void start_continue(pid_t thread, const struct file_identity *program, bool is_script);

#endif
