/* Acts with the file permissions of a guarded thread: where the init is root and the function is not, the kernel must
 * not let the function do more by way of the init. */
#ifndef RINGFENCE_BEHALF_H
#define RINGFENCE_BEHALF_H

#include <stdbool.h>
#include <sys/types.h>

/* `creates`: with the thread's mask for the modes of new files, too. False when this could not be found out. */
bool behalf_begin(pid_t thread, bool creates);
void behalf_end(void);

#endif
