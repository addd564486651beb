/* Acts with the file permissions of a guarded thread: where the init is root and the function is not, the kernel must
 * not let the function do more by way of the init. */
#ifndef RINGFENCE_BEHALF_H
#define RINGFENCE_BEHALF_H

#include <stdbool.h>
#include <sys/types.h>

/* False when the thread's permissions could not be found out. */
bool behalf_begin(pid_t thread);
void behalf_end(void);

#endif
