/* Decides about one notification: hands it to the section that it belongs to. */
#ifndef RINGFENCE_DECIDE_H
#define RINGFENCE_DECIDE_H

#include <linux/seccomp.h>

#include "policy.h"

/* Sees to it that the notification is answered, now or later, and that what the policy does not allow is told. */
void decide(int listener, const struct seccomp_notif *notification, const struct policy *policy);

#endif
