#include "decide.h"

#include <errno.h>

#include "exec.h"
#include "files.h"
#include "loop.h"
#include "memory.h"
#include "network.h"
#include "send.h"
#include "tamper.h"

enum { RELEASE_AFTER_MS = 1000 };

static void release_memory(struct loop_timer *timer) {
    (void)timer;
    exec_release_memory();
    send_release_memory();
    files_release_memory();
    memory_release_stack();
}

static struct loop_timer quiet_timer = {.fire = release_memory};

void decide(int listener, const struct seccomp_notif *notification, const struct policy *policy) {
    if (!quiet_timer.due) loop_arm(&quiet_timer, RELEASE_AFTER_MS);
    struct request request = {.listener = listener,
                              .notification = *notification,
                              .call = call_find(&notification->data),
                              .thread = (pid_t)notification->pid};
    switch ((enum call_kind)request.call->kind) {
    case CALL_EXECVE:
    case CALL_EXECVEAT:
        exec_decide(&request, policy);
        break;
    case CALL_IO_URING:
    case CALL_ON_PROCESS:
    case CALL_PIDFD_SIGNAL:
    case CALL_PRIORITY:
    case CALL_PRCTL:
    case CALL_USERFAULTFD:
    case CALL_MOUNT:
    case CALL_FCNTL:
        tamper_decide(&request, policy);
        break;
    case CALL_SOCKET:
    case CALL_SOCKETPAIR:
    case CALL_SOCKETCALL:
    case CALL_SETSOCKOPT:
    case CALL_CONNECT:
    case CALL_BIND:
    case CALL_LISTEN:
    case CALL_SENDTO:
    case CALL_SENDMSG:
    case CALL_SENDMMSG:
    case CALL_RECVFROM:
    case CALL_RECVMSG:
        network_decide(&request, policy);
        break;
    case CALL_OPEN:
    case CALL_OPENAT:
    case CALL_CREAT:
    case CALL_CHANGE:
    case CALL_MMAP:
        files_decide(&request, policy);
        break;
    case CALL_ABSENT:
    case CALL_NONE:
        answer_refuse(&request, ENOSYS);
        break;
    }
}
