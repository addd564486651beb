#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>

enum {
    SET_SIGNAL = 10,     /* F_SETSIG, include/uapi/asm-generic/fcntl.h */
    SET_LEASE = 1024,    /* F_SETLEASE, include/uapi/linux/fcntl.h */
    SET_MM = 35,         /* PR_SET_MM, include/uapi/linux/prctl.h */
    USER_MODE_ONLY = 1,  /* UFFD_USER_MODE_ONLY, include/uapi/linux/userfaultfd.h */
    SOCKET_TYPE = 0xf,   /* SOCK_TYPE_MASK, include/linux/net.h */
    SOL_IP_LEVEL = 0,    /* include/linux/socket.h, as the following */
    SOL_IPV6_LEVEL = 41, /* options: include/uapi/linux/in.h, in6.h */
    IP_OPTIONS_OPTION = 4,
    IPV6_2292RTHDR_OPTION = 5,
    IPV6_2292PKTOPTIONS_OPTION = 6,
    IPV6_FLOWLABEL_MGR_OPTION = 32, /* a label can have a routing header */
    IPV6_RTHDR_OPTION = 57,
    TCP = 6,
    UDP = 17,
    ROUTE = 0, /* NETLINK_ROUTE */
    MAX_CALLS = 256
};

struct assembler {
    struct sock_filter *program;
    size_t length;
    int32_t init_pid, init_group;
    unsigned sections;
};

static void emit(struct assembler *at, uint16_t code, uint8_t when_true, uint8_t when_false, uint32_t constant) {
    if (at->length == MAX_INSTRUCTIONS) abort();
    at->program[at->length++] = (struct sock_filter){code, when_true, when_false, constant};
}

static void load(struct assembler *at, size_t offset) { emit(at, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset); }

static void load_argument(struct assembler *at, unsigned argument) {
    load(at, offsetof(struct seccomp_data, args) + 8u * argument); /* the lower half */
}

static void answer(struct assembler *at, uint32_t action) { emit(at, BPF_RET | BPF_K, 0, 0, action); }

static void allow(struct assembler *at) { answer(at, SECCOMP_RET_ALLOW); }

static void notify(struct assembler *at) { answer(at, SECCOMP_RET_USER_NOTIF); }

static void skip_unless(struct assembler *at, uint32_t value, uint8_t skipped) {
    emit(at, BPF_JMP | BPF_JEQ | BPF_K, 0, skipped, value);
}

static void skip_if(struct assembler *at, uint32_t value, uint8_t skipped) {
    emit(at, BPF_JMP | BPF_JEQ | BPF_K, skipped, 0, value);
}

/* The kernel reads a process id as a 32-bit number, so the upper half of the register decides nothing. */
static void emit_on_process(struct assembler *at, const struct watched_call *call) {
    load_argument(at, call->argument);
    skip_if(at, (uint32_t)at->init_pid, 3);
    skip_if(at, (uint32_t)-1, 2);
    skip_if(at, at->init_group > 1 ? (uint32_t)-at->init_group : (uint32_t)-1, 1);
    allow(at);
    notify(at);
}

static void emit_priority(struct assembler *at, const struct watched_call *call) {
    load_argument(at, 1);
    skip_if(at, (uint32_t)at->init_pid, 4);
    skip_if(at, (uint32_t)at->init_group, 3);
    load_argument(at, 0);
    skip_if(at, call->argument, 1);
    allow(at);
    notify(at);
}

static void emit_prctl(struct assembler *at) {
    load_argument(at, 0);
    skip_if(at, SET_MM, 1);
    allow(at);
    notify(at);
}

static void emit_userfaultfd(struct assembler *at) {
    load_argument(at, 0);
    emit(at, BPF_JMP | BPF_JSET | BPF_K, 0, 1, USER_MODE_ONLY);
    allow(at);
    notify(at);
}

/* With F_SETOWN the kernel sends a signal on somebody's behalf. Of those, only these two can't be blocked by the init.
 * A lease makes the init wait that opens the file. */
static void emit_fcntl(struct assembler *at) {
    load_argument(at, 1);
    skip_if(at, SET_LEASE, 5);
    skip_unless(at, SET_SIGNAL, 3);
    load_argument(at, 2);
    skip_if(at, SIGKILL, 2);
    skip_if(at, SIGSTOP, 1);
    allow(at);
    notify(at);
}

static void emit_protocol(struct assembler *at, uint32_t protocol) {
    load_argument(at, 2);
    skip_if(at, 0, 2);
    skip_if(at, protocol, 1);
    notify(at);
    allow(at);
}

static void emit_socket(struct assembler *at) {
    load_argument(at, 0);
    skip_unless(at, AF_UNIX, 1);
    allow(at);
    skip_unless(at, AF_NETLINK, 4);
    load_argument(at, 2);
    skip_unless(at, ROUTE, 1);
    allow(at);
    notify(at);
    skip_if(at, AF_INET, 2);
    skip_if(at, AF_INET6, 1);
    notify(at);
    load_argument(at, 1);
    emit(at, BPF_ALU | BPF_AND | BPF_K, 0, 0, SOCKET_TYPE);
    skip_unless(at, SOCK_STREAM, 5);
    emit_protocol(at, TCP);
    skip_unless(at, SOCK_DGRAM, 5);
    emit_protocol(at, UDP);
    notify(at);
}

static void emit_socketpair(struct assembler *at) {
    load_argument(at, 0);
    skip_unless(at, AF_UNIX, 1);
    allow(at);
    notify(at);
}

static void emit_setsockopt(struct assembler *at) {
    load_argument(at, 1);
    skip_unless(at, SOL_IP_LEVEL, 4);
    load_argument(at, 2);
    skip_unless(at, IP_OPTIONS_OPTION, 1);
    notify(at);
    allow(at);
    skip_unless(at, SOL_IPV6_LEVEL, 5);
    load_argument(at, 2);
    skip_if(at, IPV6_2292RTHDR_OPTION, 4);
    skip_if(at, IPV6_2292PKTOPTIONS_OPTION, 3);
    skip_if(at, IPV6_FLOWLABEL_MGR_OPTION, 2);
    skip_if(at, IPV6_RTHDR_OPTION, 1);
    allow(at);
    notify(at);
}

/* Without an address it goes where the socket is connected to; who does not ask for one can't mind whose it is. */
static void emit_with_address(struct assembler *at) {
    load_argument(at, 4);
    skip_unless(at, 0, 3);
    load(at, offsetof(struct seccomp_data, args) + 8u * 4 + 4);
    skip_unless(at, 0, 1);
    allow(at);
    notify(at);
}

/* The flags that matter have the same value in all tables of an architecture. */
static void emit_open(struct assembler *at, unsigned flags) {
    if (!(at->sections & WATCH_READING)) {
        load_argument(at, flags);
        emit(at, BPF_JMP | BPF_JSET | BPF_K, 1, 0, O_ACCMODE | O_CREAT | O_TRUNC);
        allow(at);
    }
    notify(at);
}

static void emit_mmap(struct assembler *at) {
    load_argument(at, 2);
    emit(at, BPF_JMP | BPF_JSET | BPF_K, 0, 3, PROT_EXEC);
    load_argument(at, 3);
    emit(at, BPF_JMP | BPF_JSET | BPF_K, 1, 0, MAP_ANONYMOUS);
    notify(at);
    allow(at);
}

/* Ends in an answer on each way. */
static void emit_call(struct assembler *at, const struct watched_call *call) {
    switch (call->kind) {
    case CALL_ON_PROCESS:
        emit_on_process(at, call);
        break;
    case CALL_PRIORITY:
        emit_priority(at, call);
        break;
    case CALL_PRCTL:
        emit_prctl(at);
        break;
    case CALL_USERFAULTFD:
        emit_userfaultfd(at);
        break;
    case CALL_FCNTL:
        emit_fcntl(at);
        break;
    case CALL_SOCKET:
        emit_socket(at);
        break;
    case CALL_SOCKETPAIR:
        emit_socketpair(at);
        break;
    case CALL_SETSOCKOPT:
        emit_setsockopt(at);
        break;
    case CALL_SENDTO:
    case CALL_RECVFROM:
        emit_with_address(at);
        break;
    case CALL_OPEN:
        emit_open(at, 1);
        break;
    case CALL_OPENAT:
        emit_open(at, 2);
        break;
    case CALL_MMAP:
        emit_mmap(at);
        break;
    case CALL_ABSENT:
        answer(at, SECCOMP_RET_ERRNO | ENOSYS);
        break;
    default:
        notify(at);
    }
}

/* A binary search, since calls that are not watched run it too where the kernel can't remember that it allows them. */
static void emit_search(struct assembler *at, const struct watched_call **calls, size_t count, uint32_t otherwise) {
    if (count > 1) {
        size_t half = count / 2;
        emit(at, BPF_JMP | BPF_JGE | BPF_K, 0, 1, calls[half]->number);
        size_t jump = at->length;
        emit(at, BPF_JMP | BPF_JA, 0, 0, 0);
        emit_search(at, calls, half, otherwise);
        at->program[jump].k = (uint32_t)(at->length - jump - 1);
        emit_search(at, calls + half, count - half, otherwise);
        return;
    }
    size_t comparison = at->length;
    if (count) {
        skip_unless(at, calls[0]->number, 0);
        emit_call(at, calls[0]);
        at->program[comparison].jf = (uint8_t)(at->length - comparison - 1);
    }
    answer(at, otherwise);
}

/* The library sees the calls of the own table only. */
static bool is_watched(const struct watched_call *call, unsigned sections) {
    const struct seccomp_data data = {.nr = (int)call->number, .arch = call->arch};
    bool is_traffic = call->kind >= CALL_CONNECT && call->kind <= CALL_RECVMSG;
    if (is_traffic && sections & TRAFFIC_BY_LIBRARY && !call_is_compat(&data)) sections &= ~(unsigned)SECTION_NETWORK;
    return call->sections & sections;
}

/* Those of one table from `first` to below `end`, in the order of their numbers. */
static size_t select_calls(const struct watched_call *selected[static MAX_CALLS], unsigned sections, uint32_t arch,
                           uint32_t first, uint32_t end) {
    size_t count = 0;
    for (size_t i = 0; i < watched_call_count; i++) {
        const struct watched_call *call = &watched_calls[i];
        if (!is_watched(call, sections) || call->arch != arch || call->number < first || call->number >= end) continue;
        size_t place = count++;
        if (count > MAX_CALLS) abort();
        for (; place && selected[place - 1]->number > call->number; place--) selected[place] = selected[place - 1];
        selected[place] = call;
    }
    return count;
}

static void emit_table(struct assembler *at, unsigned sections, uint32_t arch) {
    const struct watched_call *calls[MAX_CALLS];
    load(at, offsetof(struct seccomp_data, arch));
    emit(at, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, arch);
    size_t other_arch = at->length;
    emit(at, BPF_JMP | BPF_JA, 0, 0, 0);
    load(at, offsetof(struct seccomp_data, nr));
    if (arch == AUDIT_ARCH_X86_64) { /* the rest of x32 would be a second way to all of it */
        emit(at, BPF_JMP | BPF_JGE | BPF_K, 0, 1, X32_BIT);
        size_t x32 = at->length;
        emit(at, BPF_JMP | BPF_JA, 0, 0, 0);
        emit_search(at, calls, select_calls(calls, sections, arch, 0, X32_BIT), SECCOMP_RET_ALLOW);
        at->program[x32].k = (uint32_t)(at->length - x32 - 1);
        emit_search(at, calls, select_calls(calls, sections, arch, X32_BIT, UINT32_MAX), SECCOMP_RET_ERRNO | ENOSYS);
    } else {
        emit_search(at, calls, select_calls(calls, sections, arch, 0, UINT32_MAX), SECCOMP_RET_ALLOW);
    }
    at->program[other_arch].k = (uint32_t)(at->length - other_arch - 1);
}

size_t filter_build(struct sock_filter program[static MAX_INSTRUCTIONS], unsigned sections, int32_t init_pid,
                    int32_t init_group) {
    struct assembler assembler = {program, 0, init_pid, init_group, sections};
#if defined(__x86_64__)
    emit_table(&assembler, sections, AUDIT_ARCH_X86_64);
    emit_table(&assembler, sections, AUDIT_ARCH_I386);
#elif defined(__aarch64__)
    emit_table(&assembler, sections, AUDIT_ARCH_AARCH64);
    emit_table(&assembler, sections, AUDIT_ARCH_ARM);
#endif
    answer(&assembler, SECCOMP_RET_KILL_PROCESS); /* a table of system calls that this init does not know */
    return assembler.length;
}
