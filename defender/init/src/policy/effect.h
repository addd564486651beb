/* What becomes of something that a policy does not allow. */
#ifndef RINGFENCE_EFFECT_H
#define RINGFENCE_EFFECT_H

enum effect {
    EFFECT_DISABLE, /* not looked at */
    EFFECT_ALERT,   /* goes ahead and is told */
    EFFECT_PREVENT, /* refused and told */
    EFFECT_LEARN    /* goes ahead and is recorded in the model, as is what the policy allows */
};

extern const char *const effect_names[]; /* by enum effect */

#endif
