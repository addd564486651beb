/* Files that this process opens. */
#ifndef RINGFENCE_OPEN_H
#define RINGFENCE_OPEN_H

#include "call.h"

enum verdict open_decide(struct call *call); /* open, openat, creat */

#endif
