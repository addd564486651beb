#include "tamper.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "audit.h"
#include "target.h"
#include "verdict.h"

static void describe_io_uring(const struct access *access, struct json *detail) {
    (void)access;
    json_text(detail, "path", "");
    json_text(detail, "requested", "");
}

static void decide_io_uring(const struct request *request, const struct policy *policy) {
    enum effect effect = policy_strongest_effect(policy);
    struct access access = {.type = "process",
                            .kind = "io_uring",
                            .value = "io_uring",
                            .attempt = "asked for",
                            .deed = "uses",
                            .error = ENOSYS,
                            .reason = "io_uring runs operations that no filter sees",
                            .describe = describe_io_uring};
    if (effect == EFFECT_DISABLE || effect == EFFECT_LEARN || verdict_apply(request, effect, &access))
        answer_continue(request);
}

/* `deed` follows the caller's name. */
static void refuse_tampering(const struct request *request, const char *deed, const char *reason) {
    char caller[PATH_MAX], message[300], text[1024];
    target_executable_path(request->thread, caller);
    struct json detail;
    json_start(&detail, text, sizeof text);
    json_open(&detail, NULL, '{');
    describe_call(request, &detail, caller);
    json_text(&detail, "reason", reason);
    json_close(&detail, '}');
    snprintf(message, sizeof message, "policy hijacked: %.100s %s", base_name(caller), deed);
    audit_emit(&(struct audit){
        .type = "tamper", .effect = EFFECT_PREVENT, .action = "blocked", .message = message, .detail = &detail});
    answer_refuse(request, EPERM);
}

static void refuse_on_init(const struct request *request) {
    char deed[60];
    snprintf(deed, sizeof deed, "called %s on the init", request->call->name);
    refuse_tampering(request, deed, "what is guarded may not act on its guard");
}

/* Which process the descriptor stands for may change before the kernel looks, so all are refused, as by a kernel that
 * has no such call; whoever uses it falls back to kill. */
static void refuse_pidfd_signal(const struct request *request) {
    if (target_descriptor_process(request->thread, (int)request->notification.data.args[0]) == getpid()) {
        refuse_on_init(request);
    } else {
        answer_refuse(request, ENOSYS);
    }
}

void tamper_decide(const struct request *request, const struct policy *policy) {
    switch ((enum call_kind)request->call->kind) {
    case CALL_IO_URING:
        decide_io_uring(request, policy);
        break;
    case CALL_PIDFD_SIGNAL:
        refuse_pidfd_signal(request);
        break;
    case CALL_PRCTL:
        refuse_tampering(request, "tried to change what /proc says about it",
                         "the init tells callers apart by their binary and hides variables by their place");
        break;
    case CALL_USERFAULTFD:
        refuse_tampering(request, "tried to hold page faults of the kernel",
                         "the init would wait for memory that it reads; UFFD_USER_MODE_ONLY is allowed");
        break;
    case CALL_MOUNT:
        refuse_tampering(request, "tried to change its mounts",
                         "a file system of the function's own can make the init wait, or show other files under names "
                         "that the policy allows");
        break;
    default:
        refuse_on_init(request);
    }
}
