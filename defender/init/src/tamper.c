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

static void refuse_tampering(const struct request *request, uint64_t target, int error) {
    char caller[PATH_MAX], message[256], text[1024];
    target_executable_path(request->thread, caller);
    struct json detail;
    json_start(&detail, text, sizeof text);
    json_open(&detail, NULL, '{');
    describe_call(request, &detail, caller);
    json_number(&detail, "target", target & 0xffffffff);
    json_text(&detail, "reason", "what is guarded may not act on its guard");
    json_close(&detail, '}');
    snprintf(message, sizeof message, "%.100s called %s on the init", base_name(caller), request->call->name);
    audit_emit(&(struct audit){
        .type = "tamper", .effect = EFFECT_PREVENT, .action = "blocked", .message = message, .detail = &detail});
    answer_refuse(request, error);
}

/* Which process the descriptor stands for may change before the kernel looks, so all are refused, as by a kernel that
 * has no such call; whoever uses it falls back to kill. */
static void refuse_pidfd_signal(const struct request *request) {
    if (target_descriptor_process(request->thread, (int)request->notification.data.args[0]) == getpid()) {
        refuse_tampering(request, (uint64_t)getpid(), EPERM);
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
    case CALL_FCNTL:
        refuse_tampering(request, (uint64_t)getpid(), EPERM);
        break;
    default:
        refuse_tampering(request, request->notification.data.args[request->call->argument], EPERM);
    }
}
