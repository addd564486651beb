/* Sockets of AF_UNIX that get a name in the file system. */
#ifndef RINGFENCE_BIND_PATH_H
#define RINGFENCE_BIND_PATH_H

#include "answer.h"
#include "socket-address.h"

/* Answers the request; `address` has a path. */
void bind_path_decide(const struct request *request, const struct policy *policy, int socket,
                      const struct socket_address *address);

/* The same for a bind to any address, where sockets can't be copied and the file section is in force: the kernel binds
 * what was judged, or what another thread put there meanwhile and Landlock lets through. */
void bind_path_judge(const struct request *request, const struct policy *policy);

#endif
