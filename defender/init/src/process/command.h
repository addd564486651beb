/* Which file a command means. */
#ifndef RINGFENCE_COMMAND_H
#define RINGFENCE_COMMAND_H

/* Its path, with a slash in it: one without is looked for in PATH, as a shell does. NULL: it is nowhere. Stays as it is
 * until the next call. */
const char *command_find(const char *command);

#endif
