/* The environment of this process, and so of what it starts. */
#ifndef RINGFENCE_ENVIRONMENT_H
#define RINGFENCE_ENVIRONMENT_H

#include <stdbool.h>

/* Takes out every setting of that variable. */
void environment_remove(const char *name);

/* Puts "NAME=value", which must stay where it is, in place of every setting of that variable, or adds it. False when
 * there is no memory. (putenv would bring in the C library's heap.) */
bool environment_set(char *setting);

#endif
