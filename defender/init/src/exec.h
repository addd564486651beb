/* Decides about one notification: an exec, or something that acts on the init. */
#ifndef RINGFENCE_EXEC_H
#define RINGFENCE_EXEC_H

#include <linux/seccomp.h>

#include "policy.h"

/* Answers the notification on the listener `fd` and tells in an audit what the policy does not allow. */
void exec_decide(int fd, const struct seccomp_notif *notification, const struct policy *policy);

/* Whether ptrace works for checking what runs after an exec: unknown, and taken to be so, until the first exec. */
bool exec_can_verify(void);

#endif
