/* The guard of tier T2, for platforms where a process can't restrict itself, or nobody can copy its sockets: a library
 * (defender/guard) that is loaded into each guarded process, decides there by the policy that it finds in shared
 * memory, and tells what it decided. */
#ifndef RINGFENCE_LIBRARY_H
#define RINGFENCE_LIBRARY_H

#include <sys/types.h>

#include "policy.h"

/* What the library has told about the main process. */
struct library_reach {
    bool loaded;
    bool spared;            /* it can't have the library, as the policy knows */
    uint32_t sites, missed; /* system calls in its code that are watched; those that can't be led through the library */
};

/* Prepares what the guarded processes will share, before the first of them is forked. With a filter in front of it the
 * library holds the network alone. Returns NULL, or in words why there is no such guard here. */
const char *library_open(const struct policy *policy, const char *command, bool filtered);

/* Whether guarded processes are to have the library. */
bool library_is_open(void);

/* They need not, since the runtime can't have it. */
void library_give_up(void);

/* The process, if it is the runtime's, becomes a program that can't have it and that the policy names. */
void library_spare(pid_t process);

/* Where the library is. */
const char *library_file(void);

/* Whether the descriptor is of what the guarded processes share, whose code they map. */
bool library_is_share(int fd);

/* In the child, before it becomes the runtime: has the loader load the library. */
void library_enter(void);

/* Which process is the runtime's. */
void library_set_main(pid_t process);

/* Whether the runtime will have the library before anything of it runs but its loader. */
bool library_loads_at_once(void);

/* Lets the runtime go on, which the library stops until then. */
void library_release(void);

/* The resolver is open, and its names are those that the library sees. */
void library_use_resolver(void);

/* The policy that decides from the next system call on, once the library is open. */
void library_use_policy(const struct policy *policy);

/* The runtime has asked for its first event. */
void library_end_start(void);

/* Takes what the library has told until now. */
void library_receive(void);

struct library_reach library_reach(void);

#endif
