#include "effect.h"

const char *const effect_names[] = {"disable", "alert", "prevent", "learn"};
