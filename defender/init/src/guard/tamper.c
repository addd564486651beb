#include "tamper.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "audit.h"
#include "configuration.h"
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

static const char *after(const char *path, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(path, prefix, length) == 0 ? path + length : NULL;
}

static bool is_below(const char *path, const char *folder) {
    const char *rest = after(path, folder);
    return rest && (!*rest || *rest == '/');
}

/* A folder above it can be moved, so where it lies is asked anew; for files of its name only, since asking is the
 * dearest part of judging a file. */
static bool is_binary_of_init(const char *path) {
    static char name[NAME_MAX + 1];
    char init[PATH_MAX];
    if (name[0] && strcmp(base_name(path), name) != 0) return false;
    ssize_t length = readlink("/proc/self/exe", init, sizeof init - 1);
    init[length > 0 ? length : 0] = '\0';
    if (!name[0]) snprintf(name, sizeof name, "%s", base_name(init));
    return strcmp(path, init) == 0;
}

static bool is_of_package(const char *path) {
    char folder[PATH_MAX + 32];
    if (strstr(path, "/.ringfence") && configuration_folder(folder) && is_below(path, folder)) return true;
    return is_binary_of_init(path);
}

/* `/proc/PID/mem` of the init, `/proc/PID/task/PID/mem` … */
static bool is_of_process(const char *path) {
    static const char *const names[] = {"mem",    "environ", "auxv",      "maps",      "smaps",       "fd",
                                        "fdinfo", "pagemap", "map_files", "numa_maps", "smaps_rollup"};
    char folder[40], task[40];
    if (!after(path, "/proc/")) return false;
    snprintf(folder, sizeof folder, "/proc/%d/", getpid());
    snprintf(task, sizeof task, "task/%d/", getpid());
    const char *rest = after(path, folder);
    const char *name = rest && after(rest, task) ? after(rest, task) : rest;
    for (size_t i = 0; name && i < sizeof names / sizeof names[0]; i++)
        if (is_below(name, names[i])) return true;
    return false;
}

bool tamper_refuse_file(const struct request *request, const char *path, bool changes) {
    char deed[300];
    bool of_package = changes && is_of_package(path);
    if (!of_package && !is_of_process(path)) return false;
    snprintf(deed, sizeof deed, "tried to %s %.250s", changes ? "change" : "read", path);
    refuse_tampering(request, deed,
                     of_package ? "it is what the init starts from"
                                : "it is memory, variables or descriptors of the init");
    return true;
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
    case CALL_FCNTL:
        if ((uint32_t)request->notification.data.args[1] == F_SETLEASE) {
            refuse_tampering(request, "tried to take a lease on a file", "the init would wait when it opens the file");
        } else {
            refuse_on_init(request);
        }
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
