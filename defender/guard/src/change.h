/* Changes of entries, modes, owners and times. */
#ifndef RINGFENCE_CHANGE_H
#define RINGFENCE_CHANGE_H

#include "call.h"

enum verdict change_decide(struct call *call);

#endif
