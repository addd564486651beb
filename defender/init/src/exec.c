#include "exec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit.h"
#include "filter.h"
#include "loop.h"
#include "memory.h"
#include "program.h"
#include "start.h"
#include "verify.h"

enum { MAX_ARGUMENTS = 12, MAX_ARGUMENT = 160, MAX_DETAIL = 2600, RELEASE_AFTER_MS = 1000 };

/* Large, and one at a time: static and on pages of their own, which are given back when execs cease. */
static _Alignas(MEMORY_PAGE) struct {
    char asked[PATH_MAX];
    char path[PATH_MAX];
} paths;

/* One exec as it was asked for. */
struct request {
    int listener;
    const struct seccomp_notif *notification;
    const struct watched_call *call;
    pid_t thread;
    uint64_t argv;
    int folder;
    int flags;
    const char *asked;
    struct file_identity file;
    struct program program;
    const char *path;   /* resolved; empty when nothing could be found out */
    const char *reason; /* why the policy does not allow it */
};

static bool verification_failed;

bool exec_can_verify(void) { return !verification_failed; }

static bool respond(int listener, uint64_t id, int error, uint32_t flags) {
    struct seccomp_notif_resp response = {.id = id, .error = -error, .flags = flags};
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
}

static void refuse(const struct request *at, int error) { respond(at->listener, at->notification->id, error, 0); }

static bool let_go(const struct request *at) {
    return respond(at->listener, at->notification->id, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
}

static void write_arguments(const struct request *at, struct json *json) {
    size_t width = filter_is_compat(&at->notification->data) ? 4 : 8;
    json_open(json, "argv", '[');
    for (size_t i = 0; at->argv && i < MAX_ARGUMENTS; i++) {
        uint64_t address = 0; /* little-endian, so the low half is right for both widths */
        char argument[MAX_ARGUMENT];
        if (!target_read(at->thread, at->argv + i * width, &address, width) || !address) break;
        int length = target_read_string(at->thread, address, argument, sizeof argument);
        if (length == -EFAULT) break;
        size_t shown = length < 0 ? sizeof argument : (size_t)length;
        json_bytes(json, NULL, argument, shown, MAX_ARGUMENT);
    }
    json_close(json, ']');
}

static void write_call(const struct request *at, struct json *json, const char *caller) {
    json_bytes(json, "caller", caller, strlen(caller), 512);
    json_text(json, "call", at->call->name);
    json_text(json, "abi", filter_abi_name(&at->notification->data));
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static void tell(const struct request *at, enum effect effect, const char *action) {
    char detail[MAX_DETAIL], caller[PATH_MAX], message[400];
    target_executable_path(at->thread, caller);
    const char *wanted = at->path[0] ? at->path : at->asked[0] ? at->asked : "a program";
    struct json json;
    json_start(&json, detail, sizeof detail);
    json_open(&json, NULL, '{');
    json_bytes(&json, "path", at->path, strlen(at->path), 512);
    json_bytes(&json, "requested", at->asked, strlen(at->asked), 512);
    write_arguments(at, &json);
    write_call(at, &json, caller);
    json_text(&json, "reason", at->reason);
    if (at->program.is_script)
        json_bytes(&json, "script", at->program.interpreter, strlen(at->program.interpreter), 200);
    json_close(&json, '}');
    snprintf(message, sizeof message, "%.100s %s %.200s, which the policy does not allow", base_name(caller),
             effect == EFFECT_PREVENT ? "tried to start" : "started", wanted);
    audit_emit(
        &(struct audit){.type = "process", .effect = effect, .action = action, .message = message, .detail = &json});
}

static void read_call(struct request *at, int listener, const struct seccomp_notif *notification,
                      const struct watched_call *call) {
    const uint64_t *args = (const uint64_t *)notification->data.args;
    bool is_at = call->kind == CALL_EXECVEAT;
    at->listener = listener;
    at->notification = notification;
    at->call = call;
    at->thread = (pid_t)notification->pid;
    at->folder = is_at ? (int)args[0] : AT_FDCWD;
    at->argv = args[is_at ? 2 : 1];
    at->flags = is_at ? (int)args[4] : 0;
    at->file = (struct file_identity){0, 0};
    at->program = (struct program){.is_script = false};
    at->reason = "";
    at->asked = paths.asked;
    at->path = paths.path;
    paths.path[0] = '\0';
    if (target_read_string(at->thread, args[is_at ? 1 : 0], paths.asked, sizeof paths.asked) < 0) paths.asked[0] = '\0';
}

/* Finds out which file is meant and what will run. Returns an errno with which the kernel would refuse it as well, or
 * 0; a `reason` without an errno is what the policy can't accept. */
static int resolve(struct request *at) {
    if (!at->asked[0] && !(at->flags & AT_EMPTY_PATH)) {
        at->reason = "its path could not be read";
        return 0;
    }
    int fd = target_open(at->thread, at->folder, at->asked, !(at->flags & AT_SYMLINK_NOFOLLOW));
    if (fd < 0) return -fd;
    struct stat status;
    int error = fstat(fd, &status) != 0                                ? errno
                : S_ISLNK(status.st_mode)                              ? ELOOP
                : !S_ISREG(status.st_mode) || !(status.st_mode & 0111) ? EACCES
                                                                       : 0;
    if (!error) {
        at->file = (struct file_identity){status.st_dev, status.st_ino};
        if (!name_of_file(fd, &at->file, paths.path)) {
            at->reason =
                "the file has no path that the init can see (it is in memory only, deleted, or behind a mount)";
        } else {
            error = program_inspect(fd, &at->file, &at->program);
        }
    }
    close(fd);
    return error;
}

/* What the kernel will give a script's interpreter as the script's name (fs/exec.c, alloc_bprm). */
static void script_name(const struct request *at, char *name, size_t size) {
    if (at->asked[0] == '/' || at->folder == AT_FDCWD) {
        snprintf(name, size, "%s", at->asked);
    } else {
        snprintf(name, size, at->asked[0] ? "/dev/fd/%d/%s" : "/dev/fd/%d", at->folder, at->asked);
    }
}

static void allow(struct request *at, const struct policy *policy, bool of_start) {
    if (policy->process_effect == EFFECT_PREVENT) {
        char script[PATH_MAX + 32] = "";
        if (at->program.is_script) script_name(at, script, sizeof script);
        if (at->program.is_script && !of_start && !target_path_is_firm(at->thread, at->asked, at->path)) {
            at->reason = "its interpreter opens a script again, so only an absolute path is allowed whose symlinks the "
                         "function can't change";
            tell(at, EFFECT_PREVENT, "blocked");
            refuse(at, EPERM);
            return;
        }
        int error = verify_begin(at->thread, &at->program, script);
        if (error == -EPERM && of_start) {
            verification_failed =
                true; /* nobody but the package decides what starts first, so there is nothing to race with */
        } else if (error) {
            at->reason = "what runs could not be verified (ptrace), so it was not started";
            tell(at, EFFECT_PREVENT, "blocked");
            refuse(at, EPERM);
            return;
        }
    }
    if (of_start) start_continue(at->thread, &at->program.binary, at->program.is_script);
    if (!let_go(at)) verify_cancel(at->thread);
}

static void decide_exec(struct request *at, const struct policy *policy) {
    if (policy->process_effect == EFFECT_DISABLE) {
        let_go(at);
        return;
    }
    int error = resolve(at);
    bool known = !error && !at->reason[0];
    bool of_start = known && start_includes(at->thread, &at->file);
    if (of_start || (known && policy_allows_process(policy, at->path, at->file.device, at->file.inode))) {
        allow(at, policy, of_start);
    } else if (error) {
        refuse(at, error);
    } else {
        if (!at->reason[0])
            at->reason = policy->process_pattern_count ? "no entry of the allowed processes names it"
                                                       : "only the main process is allowed";
        bool prevent = policy->process_effect == EFFECT_PREVENT;
        tell(at, policy->process_effect, prevent ? "blocked" : "allowed");
        if (prevent) {
            refuse(at, EPERM);
        } else {
            let_go(at);
        }
    }
}

static void decide_io_uring(struct request *at, const struct policy *policy) {
    if (policy->process_effect == EFFECT_DISABLE) {
        let_go(at);
        return;
    }
    at->reason = "io_uring runs operations that no filter sees";
    bool prevent = policy->process_effect == EFFECT_PREVENT;
    char caller[PATH_MAX], message[256], detail[1024];
    target_executable_path(at->thread, caller);
    struct json json;
    json_start(&json, detail, sizeof detail);
    json_open(&json, NULL, '{');
    json_text(&json, "path", "");
    json_text(&json, "requested", "");
    write_call(at, &json, caller);
    json_text(&json, "reason", at->reason);
    json_close(&json, '}');
    snprintf(message, sizeof message, "%.100s %s io_uring, which would get round the guard", base_name(caller),
             prevent ? "asked for" : "uses");
    audit_emit(&(struct audit){.type = "process",
                               .effect = policy->process_effect,
                               .action = prevent ? "blocked" : "allowed",
                               .message = message,
                               .detail = &json});
    if (prevent) {
        refuse(at, ENOSYS);
    } else {
        let_go(at);
    }
}

static void refuse_tampering(const struct request *at, uint64_t target, int error) {
    char caller[PATH_MAX], message[256], detail[1024];
    target_executable_path(at->thread, caller);
    struct json json;
    json_start(&json, detail, sizeof detail);
    json_open(&json, NULL, '{');
    write_call(at, &json, caller);
    json_number(&json, "target", target & 0xffffffff);
    json_text(&json, "reason", "what is guarded may not act on its guard");
    json_close(&json, '}');
    snprintf(message, sizeof message, "%.100s called %s on the init", base_name(caller), at->call->name);
    audit_emit(&(struct audit){
        .type = "tamper", .effect = EFFECT_PREVENT, .action = "blocked", .message = message, .detail = &json});
    refuse(at, error);
}

/* Which process the descriptor stands for may change before the kernel looks, so all are refused, as by a kernel that
 * has no such call; whoever uses it falls back to kill. */
static void refuse_pidfd_signal(const struct request *at) {
    if (target_descriptor_process(at->thread, (int)at->notification->data.args[0]) == getpid()) {
        refuse_tampering(at, (uint64_t)getpid(), EPERM);
    } else {
        refuse(at, ENOSYS);
    }
}

static void release_memory(struct loop_timer *timer) {
    (void)timer;
    memory_release(paths);
    memory_release_stack();
}

static struct loop_timer quiet_timer = {.fire = release_memory};

void exec_decide(int listener, const struct seccomp_notif *notification, const struct policy *policy) {
    if (!quiet_timer.due) loop_arm(&quiet_timer, RELEASE_AFTER_MS);
    struct request request;
    const struct watched_call *call = filter_find(&notification->data);
    if (call->kind == CALL_EXECVE || call->kind == CALL_EXECVEAT) {
        read_call(&request, listener, notification, call);
        decide_exec(&request, policy);
        return;
    }
    request = (struct request){
        .listener = listener, .notification = notification, .call = call, .thread = (pid_t)notification->pid};
    if (call->kind == CALL_IO_URING) {
        decide_io_uring(&request, policy);
    } else if (call->kind == CALL_PIDFD_SIGNAL) {
        refuse_pidfd_signal(&request);
    } else {
        bool by_fcntl = call->kind == CALL_FCNTL;
        refuse_tampering(&request, by_fcntl ? (uint64_t)getpid() : notification->data.args[call->process_argument],
                         EPERM);
    }
}
