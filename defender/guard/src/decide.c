#include "decide.h"

#include <errno.h>
#include <string.h>

#include "access.h"
#include "change.h"
#include "descriptors.h"
#include "exec.h"
#include "memory.h"
#include "open.h"
#include "scratch.h"
#include "sockets.h"
#include "state.h"
#include "system.h"
#include "tamper.h"
#include "traffic.h"

/* In the same place for all architectures; headers may be older. */
enum { FCHMODAT2 = 452, SETXATTRAT = 463, REMOVEXATTRAT = 466 };

/* ALONE: where no filter stands behind the library. */
enum { ANY = SECTION_PROCESS | SECTION_NETWORK | SECTION_FILES | SECTION_SECRETS, ALONE = 1 << SECTIONS };

/* Its operations come from no system call that could be seen. */
static enum verdict decide_io_uring(struct call *call) {
    struct access access = {.section = SECTION_PROCESS,
                            .effect = policy_strongest_effect(state_policy()),
                            .call = "io_uring_setup",
                            .reason = "io_uring runs operations that no guard sees",
                            .kind = "io_uring",
                            .value = span_of("io_uring")};
    struct scratch *scratch = scratch_take();
    bool refused = access_is_refused(&access, scratch->record);
    scratch_give(scratch);
    return refused ? call_answer(call, -ENOSYS) : CALL_GOES_ON;
}

static const struct handler {
    uint16_t number;
    uint8_t sections; /* watched when one of them is the library's */
    const char *name;
    enum verdict (*decide)(struct call *call);
} handlers[] = {
    {__NR_execve, ANY, "execve", exec_decide},
    {__NR_execveat, ANY, "execveat", exec_decide},
    {__NR_io_uring_setup, ALONE, "io_uring_setup", decide_io_uring},

    {__NR_close, ANY, "close", close_decide},
    {__NR_close_range, ANY, "close_range", close_range_decide},
    {__NR_dup3, ANY, "dup3", duplicate_decide},
#ifdef __NR_dup2
    {__NR_dup2, ANY, "dup2", duplicate_decide},
#endif

    {__NR_kill, ALONE, "kill", tamper_decide_process},
    {__NR_tkill, ALONE, "tkill", tamper_decide_process},
    {__NR_tgkill, ALONE, "tgkill", tamper_decide_process},
    {__NR_rt_sigqueueinfo, ALONE, "rt_sigqueueinfo", tamper_decide_process},
    {__NR_rt_tgsigqueueinfo, ALONE, "rt_tgsigqueueinfo", tamper_decide_process},
    {__NR_prlimit64, ALONE, "prlimit64", tamper_decide_process},
    {__NR_pidfd_open, ALONE, "pidfd_open", tamper_decide_process},
    {__NR_sched_setparam, ALONE, "sched_setparam", tamper_decide_process},
    {__NR_sched_setscheduler, ALONE, "sched_setscheduler", tamper_decide_process},
    {__NR_sched_setaffinity, ALONE, "sched_setaffinity", tamper_decide_process},
    {__NR_sched_setattr, ALONE, "sched_setattr", tamper_decide_process},
    {__NR_setpriority, ALONE, "setpriority", tamper_decide_priority},
    {__NR_ioprio_set, ALONE, "ioprio_set", tamper_decide_priority},
    {__NR_prctl, ALONE, "prctl", tamper_decide_prctl},
    {__NR_mount, ALONE, "mount", tamper_decide_mount},
    {__NR_open_tree, ALONE, "open_tree", tamper_decide_mount},
    {__NR_move_mount, ALONE, "move_mount", tamper_decide_mount},
    {__NR_fsopen, ALONE, "fsopen", tamper_decide_mount},
    {__NR_pivot_root, ALONE, "pivot_root", tamper_decide_mount},
    {__NR_chroot, ALONE, "chroot", tamper_decide_mount},
    {__NR_setns, ALONE, "setns", tamper_decide_mount},
    {__NR_ptrace, ANY, "ptrace", tamper_decide_memory},
    {__NR_process_vm_readv, ANY, "process_vm_readv", tamper_decide_memory},
    {__NR_process_vm_writev, ANY, "process_vm_writev", tamper_decide_memory},
    {__NR_fcntl, ALONE, "fcntl", tamper_decide_fcntl},
    {__NR_personality, ANY, "personality", tamper_decide_personality},
    {__NR_pidfd_send_signal, ALONE, "pidfd_send_signal", tamper_decide_absent},
    {__NR_socket, SECTION_NETWORK, "socket", sockets_open},
    {__NR_socketpair, SECTION_NETWORK, "socketpair", sockets_open},
    {__NR_setsockopt, SECTION_NETWORK, "setsockopt", sockets_set_option},
    {__NR_bind, SECTION_NETWORK | SECTION_FILES, "bind", sockets_bind},
    {__NR_listen, SECTION_NETWORK, "listen", sockets_listen},
    {__NR_connect, SECTION_NETWORK, "connect", traffic_connect},
    {__NR_sendto, SECTION_NETWORK, "sendto", traffic_sendto},
    {__NR_sendmsg, SECTION_NETWORK, "sendmsg", traffic_sendmsg},
    {__NR_sendmmsg, SECTION_NETWORK, "sendmmsg", traffic_sendmmsg},
    {__NR_recvfrom, SECTION_NETWORK, "recvfrom", traffic_recvfrom},
    {__NR_recvmsg, SECTION_NETWORK, "recvmsg", traffic_recvmsg},
    {__NR_mmap, ANY, "mmap", memory_map},
    {__NR_munmap, ANY, "munmap", memory_change},
    {__NR_mprotect, ANY, "mprotect", memory_protect},
    {__NR_pkey_mprotect, ANY, "pkey_mprotect", memory_protect},
    {__NR_shmat, ANY, "shmat", memory_attach},
    {__NR_madvise, ANY, "madvise", memory_change},
    {__NR_mremap, ANY, "mremap", memory_move},

    {__NR_openat, ANY, "openat", open_decide},
    {__NR_openat2, ALONE, "openat2", tamper_decide_absent},
    {__NR_open_by_handle_at, SECTION_FILES, "open_by_handle_at", tamper_decide_absent},
    {__NR_unlinkat, ALONE, "unlinkat", change_decide},
    {__NR_mkdirat, ALONE, "mkdirat", change_decide},
    {__NR_mknodat, ALONE, "mknodat", change_decide},
    {__NR_symlinkat, ALONE, "symlinkat", change_decide},
#ifdef __NR_renameat
    {__NR_renameat, ALONE, "renameat", change_decide},
#endif
    {__NR_renameat2, ALONE, "renameat2", change_decide},
    {__NR_linkat, ALONE, "linkat", change_decide},
    {__NR_truncate, ALONE, "truncate", change_decide},
    {__NR_fchmod, SECTION_FILES, "fchmod", change_decide},
    {__NR_fchmodat, SECTION_FILES, "fchmodat", change_decide},
    {__NR_fchown, SECTION_FILES, "fchown", change_decide},
    {__NR_fchownat, SECTION_FILES, "fchownat", change_decide},
    {__NR_utimensat, SECTION_FILES, "utimensat", change_decide},
    {__NR_setxattr, SECTION_FILES, "setxattr", change_decide},
    {__NR_lsetxattr, SECTION_FILES, "lsetxattr", change_decide},
    {__NR_fsetxattr, SECTION_FILES, "fsetxattr", change_decide},
    {__NR_removexattr, SECTION_FILES, "removexattr", change_decide},
    {__NR_lremovexattr, SECTION_FILES, "lremovexattr", change_decide},
    {__NR_fremovexattr, SECTION_FILES, "fremovexattr", change_decide},
    {FCHMODAT2, SECTION_FILES, "fchmodat2", tamper_decide_absent},
    {SETXATTRAT, SECTION_FILES, "setxattrat", tamper_decide_absent},
    {REMOVEXATTRAT, SECTION_FILES, "removexattrat", tamper_decide_absent},
#ifdef __NR_open
    {__NR_open, ANY, "open", open_decide},
    {__NR_creat, ANY, "creat", open_decide},
    {__NR_unlink, ALONE, "unlink", change_decide},
    {__NR_rmdir, ALONE, "rmdir", change_decide},
    {__NR_mkdir, ALONE, "mkdir", change_decide},
    {__NR_mknod, ALONE, "mknod", change_decide},
    {__NR_symlink, ALONE, "symlink", change_decide},
    {__NR_rename, ALONE, "rename", change_decide},
    {__NR_link, ALONE, "link", change_decide},
    {__NR_chmod, SECTION_FILES, "chmod", change_decide},
    {__NR_chown, SECTION_FILES, "chown", change_decide},
    {__NR_lchown, SECTION_FILES, "lchown", change_decide},
    {__NR_utime, SECTION_FILES, "utime", tamper_decide_absent},
    {__NR_utimes, SECTION_FILES, "utimes", tamper_decide_absent},
    {__NR_futimesat, SECTION_FILES, "futimesat", tamper_decide_absent},
#endif

    {__NR_userfaultfd, ALONE, "userfaultfd", tamper_decide_absent},
};

enum { HANDLERS = sizeof handlers / sizeof handlers[0] };

static uint8_t watched[CALL_NUMBERS / 8];
static uint8_t
    handler_of[CALL_NUMBERS]; /* by the call's number: its place among the handlers and one; 0: not watched */

const uint8_t *decide_watched(void) { return watched; }

void decide_watch(unsigned sections, bool alone) {
    if (alone) sections |= ALONE;
    for (size_t i = 0; i < HANDLERS; i++) {
        if (!(handlers[i].sections & sections)) continue;
        watched[handlers[i].number / 8] |= (uint8_t)(1 << handlers[i].number % 8);
        handler_of[handlers[i].number] = (uint8_t)(i + 1);
    }
}

const char *decide_name(const struct call *call) {
    uint8_t handler = (uint64_t)call->number < CALL_NUMBERS ? handler_of[call->number] : 0;
    return handler ? handlers[handler - 1].name : "";
}

/* A number beyond the table is x32's, a second way to all of it, or one that no kernel has yet. */
enum verdict guard_decide(struct call *call) {
    if ((uint64_t)call->number >= CALL_NUMBERS) return call_answer(call, -ENOSYS);
    uint8_t handler = handler_of[call->number];
    return handler ? handlers[handler - 1].decide(call) : CALL_GOES_ON;
}
