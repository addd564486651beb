/* What the policy leaves to the place where the function runs: folders and endpoints of the platform. */
#ifndef RINGFENCE_SURROUNDINGS_H
#define RINGFENCE_SURROUNDINGS_H

#include "name-servers.h"
#include "policy.h"

struct surroundings {
    struct variables variables;
    struct network_surroundings network;
    struct name_servers name_servers;
};

extern struct surroundings surroundings;

/* Fills them in from the environment, before anything is guarded. `runtime` is the command that will be started,
 * `runtime_api` the platform's address or NULL. */
void surroundings_read(const char *runtime, const char *runtime_api);

/* Finds the symlinks on the way to what the policy's files are called; again for each policy. Of a later one than the
 * first, only those count that the function can't have set. */
void surroundings_follow_links(const struct policy *policy);

#endif
