#include "calls.h"

#include <linux/audit.h>

#include "files-change.h"

/* Numbers: the kernel's arch/x86/entry/syscalls/syscall_{64,32}.tbl, include/uapi/asm-generic/unistd.h and
 * arch/arm/tools/syscall.tbl. They are written out, since no header of one architecture has another's. */
#define NONE UINT32_MAX
#if defined(__x86_64__)
#define CALL(x86_64, i386, arm64, arm, ...)                                                                            \
    {AUDIT_ARCH_X86_64, x86_64, __VA_ARGS__}, { AUDIT_ARCH_I386, i386, __VA_ARGS__ }
#elif defined(__aarch64__)
#define CALL(x86_64, i386, arm64, arm, ...)                                                                            \
    {AUDIT_ARCH_AARCH64, arm64, __VA_ARGS__}, { AUDIT_ARCH_ARM, arm, __VA_ARGS__ }
#endif
enum {
    EXEC = SECTION_PROCESS | SECTION_FILES | SECTION_SECRETS | TRAFFIC_BY_LIBRARY,
    ANY = SECTIONS_ANY,
    NETWORK = SECTION_NETWORK,
    FILES = SECTION_FILES
};

const struct watched_call watched_calls[] = {
    CALL(59, 11, 221, 11, "execve", CALL_EXECVE, EXEC, 0),
    CALL(322, 358, 281, 387, "execveat", CALL_EXECVEAT, EXEC, 0),
    CALL(425, 425, 425, 425, "io_uring_setup", CALL_IO_URING, ANY, 0),

    CALL(62, 37, 129, 37, "kill", CALL_ON_PROCESS, ANY, 0),
    CALL(200, 238, 130, 238, "tkill", CALL_ON_PROCESS, ANY, 0),
    CALL(234, 270, 131, 268, "tgkill", CALL_ON_PROCESS, ANY, 0),
    CALL(129, 178, 138, 178, "rt_sigqueueinfo", CALL_ON_PROCESS, ANY, 0),
    CALL(297, 335, 240, 363, "rt_tgsigqueueinfo", CALL_ON_PROCESS, ANY, 0),
    CALL(101, 26, 117, 26, "ptrace", CALL_ON_PROCESS, ANY, 1),
    CALL(310, 347, 270, 376, "process_vm_readv", CALL_ON_PROCESS, ANY, 0),
    CALL(311, 348, 271, 377, "process_vm_writev", CALL_ON_PROCESS, ANY, 0),
    CALL(302, 340, 261, 369, "prlimit64", CALL_ON_PROCESS, ANY, 0),
    CALL(141, 97, 140, 97, "setpriority", CALL_PRIORITY, ANY, 2 /* PRIO_USER */),
    CALL(251, 289, 30, 314, "ioprio_set", CALL_PRIORITY, ANY, 3 /* IOPRIO_WHO_USER */),
    CALL(142, 154, 118, 154, "sched_setparam", CALL_ON_PROCESS, ANY, 0),
    CALL(144, 156, 119, 156, "sched_setscheduler", CALL_ON_PROCESS, ANY, 0),
    CALL(203, 241, 122, 241, "sched_setaffinity", CALL_ON_PROCESS, ANY, 0),
    CALL(314, 351, 274, 380, "sched_setattr", CALL_ON_PROCESS, ANY, 0),
    CALL(434, 434, 434, 434, "pidfd_open", CALL_ON_PROCESS, ANY, 0),
    CALL(424, 424, 424, 424, "pidfd_send_signal", CALL_PIDFD_SIGNAL, ANY, 0),
    CALL(72, 55, 25, 55, "fcntl", CALL_FCNTL, ANY, 0),
    CALL(NONE, 221, NONE, 221, "fcntl64", CALL_FCNTL, ANY, 0),
    CALL(157, 172, 167, 172, "prctl", CALL_PRCTL, ANY, 0),
    CALL(323, 374, 282, 388, "userfaultfd", CALL_USERFAULTFD, ANY, 0),
    CALL(165, 21, 40, 21, "mount", CALL_MOUNT, ANY, 0),
    CALL(428, 428, 428, 428, "open_tree", CALL_MOUNT, ANY, 0),
    CALL(429, 429, 429, 429, "move_mount", CALL_MOUNT, ANY, 0),
    CALL(430, 430, 430, 430, "fsopen", CALL_MOUNT, ANY, 0),
    CALL(155, 217, 41, 218, "pivot_root", CALL_MOUNT, ANY, 0),
    CALL(161, 61, 51, 61, "chroot", CALL_MOUNT, ANY, 0),

    CALL(41, 359, 198, 281, "socket", CALL_SOCKET, NETWORK, 0),
    CALL(53, 360, 199, 288, "socketpair", CALL_SOCKETPAIR, NETWORK, 0),
    CALL(NONE, 102, NONE, 102, "socketcall", CALL_SOCKETCALL, NETWORK, 0),
    CALL(54, 366, 208, 294, "setsockopt", CALL_SETSOCKOPT, NETWORK, 0),
    CALL(42, 362, 203, 283, "connect", CALL_CONNECT, NETWORK, 0),
    CALL(49, 361, 200, 282, "bind", CALL_BIND, NETWORK | FILES, 0),
    CALL(50, 363, 201, 284, "listen", CALL_LISTEN, NETWORK, 0),
    CALL(44, 369, 206, 290, "sendto", CALL_SENDTO, NETWORK, 0),
    CALL(46, 370, 211, 296, "sendmsg", CALL_SENDMSG, NETWORK, 0),
    CALL(307, 345, 269, 374, "sendmmsg", CALL_SENDMMSG, NETWORK, 0),
    CALL(45, 371, 207, 292, "recvfrom", CALL_RECVFROM, NETWORK, 0),
    CALL(47, 372, 212, 297, "recvmsg", CALL_RECVMSG, NETWORK, 0),

    CALL(2, 5, NONE, 5, "open", CALL_OPEN, FILES, 0),
    CALL(257, 295, 56, 322, "openat", CALL_OPENAT, FILES, 0),
    CALL(85, 8, NONE, 8, "creat", CALL_CREAT, FILES, 0),
    CALL(437, 437, 437, 437, "openat2", CALL_ABSENT, FILES, 0),
    CALL(304, 342, 265, 371, "open_by_handle_at", CALL_ABSENT, FILES, 0),
    CALL(9, 192, 222, 192, "mmap", CALL_MMAP, FILES, 0),
    CALL(NONE, 90, NONE, 90, "old_mmap", CALL_ABSENT, FILES, 0),
    CALL(76, 92, 45, 92, "truncate", CALL_CHANGE, FILES, CHANGE_TRUNCATE),
    CALL(NONE, 193, NONE, 193, "truncate64", CALL_CHANGE, FILES, CHANGE_TRUNCATE),
    CALL(82, 38, NONE, 38, "rename", CALL_CHANGE, FILES, CHANGE_RENAME),
    CALL(264, 302, 38, 329, "renameat", CALL_CHANGE, FILES, CHANGE_RENAMEAT),
    CALL(316, 353, 276, 382, "renameat2", CALL_CHANGE, FILES, CHANGE_RENAMEAT),
    CALL(86, 9, NONE, 9, "link", CALL_CHANGE, FILES, CHANGE_LINK),
    CALL(265, 303, 37, 330, "linkat", CALL_CHANGE, FILES, CHANGE_LINKAT),
    CALL(88, 83, NONE, 83, "symlink", CALL_CHANGE, FILES, CHANGE_SYMLINK),
    CALL(266, 304, 36, 331, "symlinkat", CALL_CHANGE, FILES, CHANGE_SYMLINKAT),
    CALL(87, 10, NONE, 10, "unlink", CALL_CHANGE, FILES, CHANGE_UNLINK),
    CALL(263, 301, 35, 328, "unlinkat", CALL_CHANGE, FILES, CHANGE_UNLINKAT),
    CALL(84, 40, NONE, 40, "rmdir", CALL_CHANGE, FILES, CHANGE_RMDIR),
    CALL(83, 39, NONE, 39, "mkdir", CALL_CHANGE, FILES, CHANGE_MKDIR),
    CALL(258, 296, 34, 323, "mkdirat", CALL_CHANGE, FILES, CHANGE_MKDIRAT),
    CALL(133, 14, NONE, 14, "mknod", CALL_CHANGE, FILES, CHANGE_MKNOD),
    CALL(259, 297, 33, 324, "mknodat", CALL_CHANGE, FILES, CHANGE_MKNODAT),
    CALL(90, 15, NONE, 15, "chmod", CALL_CHANGE, FILES, CHANGE_CHMOD),
    CALL(91, 94, 52, 94, "fchmod", CALL_CHANGE, FILES, CHANGE_FCHMOD),
    CALL(268, 306, 53, 333, "fchmodat", CALL_CHANGE, FILES, CHANGE_FCHMODAT),
    CALL(452, 452, 452, 452, "fchmodat2", CALL_ABSENT, FILES, 0),
    CALL(92, 212, NONE, 212, "chown", CALL_CHANGE, FILES, CHANGE_CHOWN),
    CALL(94, 198, NONE, 198, "lchown", CALL_CHANGE, FILES, CHANGE_LCHOWN),
    CALL(93, 207, 55, 207, "fchown", CALL_CHANGE, FILES, CHANGE_FCHOWN),
    CALL(260, 298, 54, 325, "fchownat", CALL_CHANGE, FILES, CHANGE_FCHOWNAT),
    CALL(NONE, 182, NONE, 182, "chown16", CALL_ABSENT, FILES, 0),
    CALL(NONE, 16, NONE, 16, "lchown16", CALL_ABSENT, FILES, 0),
    CALL(NONE, 95, NONE, 95, "fchown16", CALL_ABSENT, FILES, 0),
    CALL(280, 320, 88, 348, "utimensat", CALL_CHANGE, FILES, CHANGE_UTIMENSAT),
    CALL(NONE, 412, NONE, 412, "utimensat_time64", CALL_ABSENT, FILES, 0),
    CALL(132, 30, NONE, NONE, "utime", CALL_ABSENT, FILES, 0),
    CALL(235, 271, NONE, 269, "utimes", CALL_ABSENT, FILES, 0),
    CALL(261, 299, NONE, 326, "futimesat", CALL_ABSENT, FILES, 0),
    CALL(188, 226, 5, 226, "setxattr", CALL_CHANGE, FILES, CHANGE_SETXATTR),
    CALL(189, 227, 6, 227, "lsetxattr", CALL_CHANGE, FILES, CHANGE_LSETXATTR),
    CALL(190, 228, 7, 228, "fsetxattr", CALL_CHANGE, FILES, CHANGE_FSETXATTR),
    CALL(463, 463, 463, 463, "setxattrat", CALL_ABSENT, FILES, 0),
    CALL(197, 235, 14, 235, "removexattr", CALL_CHANGE, FILES, CHANGE_REMOVEXATTR),
    CALL(198, 236, 15, 236, "lremovexattr", CALL_CHANGE, FILES, CHANGE_LREMOVEXATTR),
    CALL(199, 237, 16, 237, "fremovexattr", CALL_CHANGE, FILES, CHANGE_FREMOVEXATTR),
    CALL(466, 466, 466, 466, "removexattrat", CALL_ABSENT, FILES, 0),

#if defined(__x86_64__)
    /* Of x32, which no runtime uses, the filter refuses the rest. */
    {AUDIT_ARCH_X86_64, X32_BIT | 520, "execve", CALL_EXECVE, EXEC, 0},
    {AUDIT_ARCH_X86_64, X32_BIT | 59, "execve", CALL_EXECVE, EXEC, 0}, /* before Linux 5.4, the native number too */
    {AUDIT_ARCH_X86_64, X32_BIT | 545, "execveat", CALL_EXECVEAT, EXEC, 0},
    {AUDIT_ARCH_X86_64, X32_BIT | 322, "execveat", CALL_EXECVEAT, EXEC, 0},
    {AUDIT_ARCH_X86_64, X32_BIT | 425, "io_uring_setup", CALL_IO_URING, ANY, 0},
#endif
};

const size_t watched_call_count = sizeof watched_calls / sizeof watched_calls[0];

const struct watched_call *call_find(const struct seccomp_data *data) {
    static const struct watched_call none = {.kind = CALL_NONE, .name = "?"};
    for (size_t i = 0; i < watched_call_count; i++)
        if (watched_calls[i].number == (uint32_t)data->nr && watched_calls[i].arch == data->arch)
            return &watched_calls[i];
    return &none;
}

const char *call_abi(const struct seccomp_data *data) {
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

bool call_is_compat(const struct seccomp_data *data) {
    return data->arch == AUDIT_ARCH_I386 || data->arch == AUDIT_ARCH_ARM ||
           (data->arch == AUDIT_ARCH_X86_64 && (uint32_t)data->nr & X32_BIT);
}
