/* The system calls that the init can watch, in each table of system calls of the architecture. */
#ifndef RINGFENCE_CALLS_H
#define RINGFENCE_CALLS_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy.h"

/* How a call is looked at: by the filter, which sees registers, and then by whoever decides (decide.c). */
enum call_kind {
    CALL_NONE,
    CALL_EXECVE,
    CALL_EXECVEAT,
    CALL_IO_URING,     /* runs operations that no filter sees */
    CALL_ON_PROCESS,   /* acts on the process whose id is an argument; watched when that is the init */
    CALL_PIDFD_SIGNAL, /* acts on the process that a descriptor stands for, a folder of /proc included */
    CALL_PRIORITY,     /* of a process, group or user; watched when the init is among them */
    CALL_PRCTL,        /* watched when it changes what /proc says about the process */
    CALL_USERFAULTFD,  /* watched when it would hold page faults of the kernel, and so of the init that reads memory */
    CALL_MOUNT,        /* other files under known names, or file systems of the function's own */
    CALL_FCNTL, /* watched when it has the kernel send SIGKILL or SIGSTOP to the owner of a descriptor, or takes a lease
                 */
    CALL_SOCKET,     /* watched for all but TCP, UDP, AF_UNIX and routing tables */
    CALL_SOCKETPAIR, /* watched for all but AF_UNIX */
    CALL_SOCKETCALL, /* all calls on sockets, with their arguments in memory */
    CALL_SETSOCKOPT, /* watched when it sets a route through other addresses */
    CALL_CONNECT,
    CALL_BIND,
    CALL_LISTEN,
    CALL_SENDTO, /* watched when it names an address */
    CALL_SENDMSG,
    CALL_SENDMMSG,
    CALL_RECVFROM, /* watched when it asks for the address */
    CALL_RECVMSG,
    CALL_OPEN,   /* watched when it may change the file, or when reading is limited */
    CALL_OPENAT, /* the same */
    CALL_CREAT,
    CALL_CHANGE, /* what `argument` says (files-change.h) */
    CALL_MMAP,   /* watched when it maps a file to execute it */
    CALL_ABSENT  /* answered as by a kernel that does not have it; whoever uses it falls back to an older one */
};

/* Beside the sections: reading of files is watched, too; traffic is the guard library's to decide, so each program must
 * have it. */
enum { WATCH_READING = 1 << SECTIONS, TRAFFIC_BY_LIBRARY = 2 << SECTIONS };

/* Sections that every guarded process needs for the guard's own sake. */
enum { SECTIONS_ANY = SECTION_PROCESS | SECTION_NETWORK | SECTION_FILES | SECTION_SECRETS };

struct watched_call {
    uint32_t arch; /* AUDIT_ARCH_* */
    uint32_t number;
    const char *name;
    uint8_t kind;     /* enum call_kind */
    uint8_t sections; /* watched when the policy has one of them */
    uint8_t argument; /* CALL_ON_PROCESS: which one is the process id; CALL_PRIORITY: what stands for a user;
                         CALL_CHANGE: enum change_call */
};

extern const struct watched_call watched_calls[];
extern const size_t watched_call_count;

#define X32_BIT 0x40000000u

/* What a notification is about; kind CALL_NONE when it is nothing in the table. */
const struct watched_call *call_find(const struct seccomp_data *data);

/* "x86_64", "i386", "x32", "arm64" or "arm". */
const char *call_abi(const struct seccomp_data *data);

/* Whether pointers of this call are 32 bits wide. */
bool call_is_compat(const struct seccomp_data *data);

#endif
