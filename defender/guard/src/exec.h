/* Programs that this process starts. */
#ifndef RINGFENCE_EXEC_H
#define RINGFENCE_EXEC_H

#include "call.h"

enum verdict exec_decide(struct call *call);

#endif
