/* The stack that the kernel gave a new program: argc, argv, envp, the auxiliary vector, and above them the strings
 * (System V ABI). The process is stopped at its exec (ptrace) and has run nothing of it. */
#ifndef RINGFENCE_INITIAL_STACK_H
#define RINGFENCE_INITIAL_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct initial_stack {
    pid_t process;
    uint64_t registers[40];
    size_t registers_length; /* tells a 32-bit process from one of 64 bits */
    size_t width;            /* of a pointer */
    uint64_t pointer;        /* where argc is */
    uint64_t environment;    /* where envp begins */
    uint64_t end;            /* behind the auxiliary vector */
};

/* Whether a setting (`name=value`, or its first 256 bytes) is meant. */
typedef bool (*setting_filter)(const char *text, size_t length);

bool initial_stack_open(struct initial_stack *stack, pid_t process);

/* Moves settings out of what /proc/PID/environ shows; envp leads to them as before. All of these return false when
 * memory or registers could not be read or written. */
bool initial_stack_hide(struct initial_stack *stack, setting_filter is_meant);

/* Takes settings out of envp and overwrites them. */
bool initial_stack_remove(struct initial_stack *stack, setting_filter is_meant);

#endif
