#include "filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdlib.h>

/* Numbers: the kernel's arch/x86/entry/syscalls/syscall_{64,32}.tbl, include/uapi/asm-generic/unistd.h and
 * arch/arm/tools/syscall.tbl. They are written out, since no header of one architecture has another's. */
#define X32_BIT 0x40000000u
#define SET_SIGNAL 10u /* F_SETSIG, include/uapi/asm-generic/fcntl.h */

#define COMMON_CALLS(arch_, execve_, execveat_, kill_, tkill_, tgkill_, sigqueue_, tgsigqueue_, ptrace_, readv_,       \
                     writev_, prlimit_, setpriority_, setparam_, setscheduler_, setaffinity_, setattr_, fcntl_)        \
    {arch_, execve_, CALL_EXECVE, 0, "execve"}, {arch_, execveat_, CALL_EXECVEAT, 0, "execveat"},                      \
        {arch_, 425, CALL_IO_URING, 0, "io_uring_setup"}, {arch_, kill_, CALL_ON_PROCESS, 0, "kill"},                  \
        {arch_, tkill_, CALL_ON_PROCESS, 0, "tkill"}, {arch_, tgkill_, CALL_ON_PROCESS, 0, "tgkill"},                  \
        {arch_, sigqueue_, CALL_ON_PROCESS, 0, "rt_sigqueueinfo"},                                                     \
        {arch_, tgsigqueue_, CALL_ON_PROCESS, 0, "rt_tgsigqueueinfo"}, {arch_, ptrace_, CALL_ON_PROCESS, 1, "ptrace"}, \
        {arch_, readv_, CALL_ON_PROCESS, 0, "process_vm_readv"},                                                       \
        {arch_, writev_, CALL_ON_PROCESS, 0, "process_vm_writev"}, {arch_, prlimit_, CALL_ON_PROCESS, 0, "prlimit64"}, \
        {arch_, setpriority_, CALL_ON_PROCESS, 1, "setpriority"},                                                      \
        {arch_, setparam_, CALL_ON_PROCESS, 0, "sched_setparam"},                                                      \
        {arch_, setscheduler_, CALL_ON_PROCESS, 0, "sched_setscheduler"},                                              \
        {arch_, setaffinity_, CALL_ON_PROCESS, 0, "sched_setaffinity"},                                                \
        {arch_, setattr_, CALL_ON_PROCESS, 0, "sched_setattr"}, {arch_, fcntl_, CALL_FCNTL, 0, "fcntl"},               \
        {arch_, 424, CALL_PIDFD_SIGNAL, 0, "pidfd_send_signal"}, {                                                     \
        arch_, 434, CALL_ON_PROCESS, 0, "pidfd_open"                                                                   \
    }

static const struct watched_call calls[] = {
#if defined(__x86_64__)
    COMMON_CALLS(AUDIT_ARCH_X86_64, 59, 322, 62, 200, 234, 129, 297, 101, 310, 311, 302, 141, 142, 144, 203, 314, 72),
    {AUDIT_ARCH_X86_64, X32_BIT | 520, CALL_EXECVE, 0, "execve"},
    {AUDIT_ARCH_X86_64, X32_BIT | 59, CALL_EXECVE, 0, "execve"}, /* Linux before 5.4 took the native number too */
    {AUDIT_ARCH_X86_64, X32_BIT | 322, CALL_EXECVEAT, 0, "execveat"},
    {AUDIT_ARCH_X86_64, X32_BIT | 545, CALL_EXECVEAT, 0, "execveat"},
    {AUDIT_ARCH_X86_64, X32_BIT | 425, CALL_IO_URING, 0, "io_uring_setup"},
    COMMON_CALLS(AUDIT_ARCH_I386, 11, 358, 37, 238, 270, 178, 335, 26, 347, 348, 340, 97, 154, 156, 241, 351, 55),
    {AUDIT_ARCH_I386, 221, CALL_FCNTL, 0, "fcntl64"},
#elif defined(__aarch64__)
    COMMON_CALLS(AUDIT_ARCH_AARCH64, 221, 281, 129, 130, 131, 138, 240, 117, 270, 271, 261, 140, 118, 119, 122, 274,
                 25),
    COMMON_CALLS(AUDIT_ARCH_ARM, 11, 387, 37, 238, 268, 178, 363, 26, 376, 377, 369, 97, 154, 156, 241, 380, 55),
    {AUDIT_ARCH_ARM, 221, CALL_FCNTL, 0, "fcntl64"},
#endif
};

enum { CALLS = sizeof calls / sizeof calls[0] };

struct assembler {
    struct sock_filter *program;
    size_t length;
};

static void emit(struct assembler *assembler, uint16_t code, uint8_t when_true, uint8_t when_false, uint32_t constant) {
    if (assembler->length == MAX_INSTRUCTIONS) abort();
    assembler->program[assembler->length++] = (struct sock_filter){code, when_true, when_false, constant};
}

static void load(struct assembler *assembler, size_t offset) {
    emit(assembler, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

static void answer(struct assembler *assembler, uint32_t action) { emit(assembler, BPF_RET | BPF_K, 0, 0, action); }

/* Whoever gets here calls nothing that is watched. The rest of x32, which no runtime uses, would be a second way to all
 * of it. */
static void end_table(struct assembler *assembler, uint32_t arch) {
    (void)arch;
#if defined(__x86_64__)
    if (arch == AUDIT_ARCH_X86_64) {
        emit(assembler, BPF_JMP | BPF_JGE | BPF_K, 0, 1, X32_BIT);
        answer(assembler, SECCOMP_RET_ERRNO | ENOSYS);
    }
#endif
    answer(assembler, SECCOMP_RET_ALLOW);
}

/* The kernel reads a process id as a 32-bit number, so the upper half of the register decides nothing. */
static void emit_on_process(struct assembler *assembler, const struct watched_call *call, int32_t init_pid,
                            int32_t init_group) {
    load(assembler, offsetof(struct seccomp_data, args) + 8u * call->process_argument);
    emit(assembler, BPF_JMP | BPF_JEQ | BPF_K, 3, 0, (uint32_t)init_pid);
    emit(assembler, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, (uint32_t)-1);
    emit(assembler, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, init_group > 1 ? (uint32_t)-init_group : (uint32_t)-1);
    answer(assembler, SECCOMP_RET_ALLOW);
    answer(assembler, SECCOMP_RET_USER_NOTIF);
}

/* With F_SETOWN the kernel sends a signal on somebody's behalf. Of those, only these two can't be blocked by the init.
 */
static void emit_fcntl(struct assembler *assembler) {
    load(assembler, offsetof(struct seccomp_data, args) + 8);
    emit(assembler, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, SET_SIGNAL);
    load(assembler, offsetof(struct seccomp_data, args) + 16);
    emit(assembler, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, SIGKILL);
    emit(assembler, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SIGSTOP);
    answer(assembler, SECCOMP_RET_ALLOW);
    answer(assembler, SECCOMP_RET_USER_NOTIF);
}

size_t filter_build(struct sock_filter program[static MAX_INSTRUCTIONS], int32_t init_pid, int32_t init_group) {
    struct assembler assembler = {program, 0};
    uint32_t arch = 0;
    size_t other_arch_jump = 0;
    for (size_t i = 0; i < CALLS; i++) {
        const struct watched_call *call = &calls[i];
        if (call->arch != arch) {
            if (arch) {
                end_table(&assembler, arch);
                program[other_arch_jump].k = (uint32_t)(assembler.length - other_arch_jump - 1);
            }
            arch = call->arch;
            load(&assembler, offsetof(struct seccomp_data, arch));
            emit(&assembler, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, arch);
            other_arch_jump = assembler.length;
            emit(&assembler, BPF_JMP | BPF_JA, 0, 0, 0);
            load(&assembler, offsetof(struct seccomp_data, nr));
        }
        if (call->kind == CALL_ON_PROCESS) {
            emit(&assembler, BPF_JMP | BPF_JEQ | BPF_K, 0, 6, call->number);
            emit_on_process(&assembler, call, init_pid, init_group);
        } else if (call->kind == CALL_FCNTL) {
            emit(&assembler, BPF_JMP | BPF_JEQ | BPF_K, 0, 7, call->number);
            emit_fcntl(&assembler);
        } else {
            emit(&assembler, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, call->number);
            answer(&assembler, SECCOMP_RET_USER_NOTIF);
        }
    }
    end_table(&assembler, arch);
    program[other_arch_jump].k = (uint32_t)(assembler.length - other_arch_jump - 1);
    answer(&assembler, SECCOMP_RET_KILL_PROCESS); /* a table of system calls that this init does not know */
    return assembler.length;
}

const struct watched_call *filter_find(const struct seccomp_data *data) {
    static const struct watched_call none = {.kind = CALL_NONE, .name = "?"};
    for (size_t i = 0; i < CALLS; i++)
        if (calls[i].arch == data->arch && calls[i].number == (uint32_t)data->nr) return &calls[i];
    return &none;
}

const char *filter_abi_name(const struct seccomp_data *data) {
    switch (data->arch) {
    case AUDIT_ARCH_X86_64:
        return (uint32_t)data->nr & X32_BIT ? "x32" : "x86_64";
    case AUDIT_ARCH_I386:
        return "i386";
    case AUDIT_ARCH_AARCH64:
        return "arm64";
    default:
        return "arm";
    }
}

bool filter_is_compat(const struct seccomp_data *data) {
    return data->arch == AUDIT_ARCH_I386 || data->arch == AUDIT_ARCH_ARM ||
           (data->arch == AUDIT_ARCH_X86_64 && (uint32_t)data->nr & X32_BIT);
}
