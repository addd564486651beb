#include "verdict.h"

#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "learn.h"
#include "target.h"

enum { MAX_DETAIL = 2600, MAX_MESSAGE = 400 };

const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

void describe_call(const struct request *request, struct json *detail, const char *caller) {
    json_bytes(detail, "caller", caller, strlen(caller), 512);
    json_text(detail, "call", request->call->name);
    json_text(detail, "abi", call_abi(&request->notification.data));
}

static void tell(const struct request *request, enum effect effect, const struct access *access) {
    char text[MAX_DETAIL], caller[PATH_MAX], message[MAX_MESSAGE];
    bool prevent = effect == EFFECT_PREVENT;
    target_executable_path(request->thread, caller);
    struct json detail;
    json_start(&detail, text, sizeof text);
    json_open(&detail, NULL, '{');
    access->describe(access, &detail);
    describe_call(request, &detail, caller);
    json_text(&detail, "reason", access->reason);
    json_close(&detail, '}');
    char port[16] = "";
    if (access->port) snprintf(port, sizeof port, " port %u", access->port);
    snprintf(message, sizeof message, "%.100s %s %.200s%s, which the policy does not allow", base_name(caller),
             prevent ? access->attempt : access->deed, access->value, port);
    audit_emit(&(struct audit){.type = access->type,
                               .effect = effect,
                               .action = prevent ? "blocked" : "allowed",
                               .message = message,
                               .detail = &detail});
}

void verdict_refuse(const struct request *request, const struct access *access) {
    tell(request, EFFECT_PREVENT, access);
    answer_refuse(request, access->error);
}

bool verdict_apply(const struct request *request, enum effect effect, const struct access *access) {
    if (effect == EFFECT_LEARN) {
        learn_access(access);
        return true;
    }
    if (access->allowed) return true;
    if (effect == EFFECT_PREVENT) {
        verdict_refuse(request, access);
        return false;
    }
    tell(request, effect, access);
    return true;
}
