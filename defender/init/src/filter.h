/* The seccomp filter: which system calls of the guarded processes come to the init. */
#ifndef RINGFENCE_FILTER_H
#define RINGFENCE_FILTER_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum call_kind {
    CALL_NONE,
    CALL_EXECVE,
    CALL_EXECVEAT,
    CALL_IO_URING,     /* runs operations that no filter sees */
    CALL_ON_PROCESS,   /* acts on the process whose id is an argument; watched when that is the init */
    CALL_PIDFD_SIGNAL, /* acts on the process that a descriptor stands for, a folder of /proc included */
    CALL_FCNTL         /* watched when it has the kernel send SIGKILL or SIGSTOP to the owner of a descriptor */
};

struct watched_call {
    uint32_t arch; /* AUDIT_ARCH_* */
    uint32_t number;
    enum call_kind kind;
    uint8_t process_argument;
    const char *name;
};

enum { MAX_INSTRUCTIONS = 384 };

/* Builds the program for guarding against `init_pid`. Returns the number of instructions. */
size_t filter_build(struct sock_filter program[static MAX_INSTRUCTIONS], int32_t init_pid, int32_t init_group);

/* What a notification is about; kind CALL_NONE when the filter does not watch it. */
const struct watched_call *filter_find(const struct seccomp_data *data);

/* "x86_64", "i386", "x32", "arm64" or "arm". */
const char *filter_abi_name(const struct seccomp_data *data);

/* Whether pointers of this call are 32 bits wide. */
bool filter_is_compat(const struct seccomp_data *data);

#endif
