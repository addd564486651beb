/* Machine code in memory that a process fills itself. Pure. */
#ifndef RINGFENCE_MACHINE_CODE_H
#define RINGFENCE_MACHINE_CODE_H

#include "site.h"

/* Whether the code makes a watched call, or one that can't be told, by forms that are no chance: what JIT compilers
 * write, with constants of any value, must never be taken for a call. On x86_64 other forms are not found. */
bool machine_code_makes_call(const struct code *code, const uint8_t watched[static CALL_NUMBERS / 8]);

#endif
