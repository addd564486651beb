#include "verify.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "audit.h"
#include "loader-variables.h"
#include "loop.h"
#include "secrets.h"

enum { PENDING = 32, FAILED_EXEC_MS = 50 };

/* An exec that was allowed and has not finished. */
struct pending {
    pid_t thread; /* 0: free */
    bool interrupted;
    uint64_t since;
    struct expected expected;
};

static struct pending pending[PENDING];
static unsigned in_use;
static bool has_ended_one, secrets_in_sight;
static struct loop_timer failed_exec_timer;

static struct pending *find(pid_t thread) {
    for (struct pending *at = pending; at < pending + PENDING; at++)
        if (at->thread == thread) return at;
    return NULL;
}

static void release(struct pending *at) {
    at->thread = 0;
    in_use--;
    has_ended_one = true;
}

/* An exec that fails after it was allowed (no memory, unknown format) leaves the thread running and seized. */
static void let_failed_go(struct loop_timer *timer) {
    for (struct pending *at = pending; at < pending + PENDING; at++)
        if (at->thread && !at->interrupted && loop_now() - at->since >= FAILED_EXEC_MS) {
            at->interrupted = true;
            if (ptrace(PTRACE_INTERRUPT, at->thread, 0, 0) != 0) release(at);
        }
    if (in_use) loop_arm(timer, FAILED_EXEC_MS);
}

bool verify_has_settled(void) { return !in_use || has_ended_one; }

bool verify_has_room(void) { return in_use < PENDING; }

int verify_begin(pid_t thread, const struct expected *expected) {
    struct pending *at = find(thread);
    if (!at) {
        at = find(0);
        if (!at) return -EAGAIN;
        if (ptrace(PTRACE_SEIZE, thread, 0, PTRACE_O_TRACEEXEC) != 0) return -errno;
        in_use++;
    }
    *at = (struct pending){.thread = thread, .since = loop_now(), .expected = *expected};
    failed_exec_timer.fire = let_failed_go;
    if (!failed_exec_timer.due) loop_arm(&failed_exec_timer, FAILED_EXEC_MS);
    return 0;
}

bool verify_hides_secrets(void) { return !secrets_in_sight; }

void verify_cancel(pid_t thread) {
    struct pending *at = find(thread);
    if (!at) return;
    at->interrupted = true;
    if (ptrace(PTRACE_INTERRUPT, thread, 0, 0) != 0) release(at);
}

/* Why the process, which is stopped at its exec, may not go on; an empty reason: it may. */
struct objection {
    bool is_tampering;
    const char *reason;
};

static struct objection find_difference(pid_t process, const struct expected *expected) {
    struct file_identity binary;
    if (!target_executable(process, &binary) || binary.device != expected->binary.device ||
        binary.inode != expected->binary.inode)
        return (struct objection){false, "another program took the place of the one that was checked"};
    if (!command_line_is(process, &expected->line))
        return (struct objection){false, "it got other arguments than those that were checked"};
    if (!expected->of_start && !loader_variables_are_known(process, expected->with_library)) {
        return (struct objection){
            true, "LD_PRELOAD, LD_AUDIT, RINGFENCE_POLICY or RINGFENCE_GUARD is not what the runtime was started "
                  "with"};
    }
    return (struct objection){false, NULL};
}

/* A runtime without its variables is of no use, so it runs with them in sight, and coverage tells. */
static struct objection handle_secrets(pid_t process, bool of_start) {
    struct objection none = {false, NULL};
    if (secrets_apply(process, of_start ? SECRETS_HIDDEN : SECRETS_REMOVED)) return none;
    if (!of_start) return (struct objection){false, "its secrets could not be taken away"};
    secrets_in_sight = true;
    audit_defender("the variables that the policy names as secrets could not be hidden from /proc");
    return none;
}

static void stop_process(pid_t process, const struct objection *objection) {
    char path[PATH_MAX], reason[160], message[256], detail[2600];
    struct json json;
    target_executable_path(process, path);
    json_start(&json, detail, sizeof detail);
    json_open(&json, NULL, '{');
    json_bytes(&json, "path", path, strlen(path), 512);
    snprintf(reason, sizeof reason, "%s; it was killed before its first instruction", objection->reason);
    json_text(&json, "reason", reason);
    command_line_describe(process, &json);
    json_close(&json, '}');
    kill(process, SIGKILL);
    snprintf(message, sizeof message,
             objection->is_tampering ? "policy hijacked: %.200s was given code to load and killed"
                                     : "%.200s was put in the place of what was allowed and killed",
             path);
    audit_emit(&(struct audit){.type = objection->is_tampering ? "tamper" : "process",
                               .effect = EFFECT_PREVENT,
                               .action = "blocked",
                               .message = message,
                               .detail = &json});
}

bool verify_status(pid_t process, int status) {
    if (!WIFSTOPPED(status)) {
        struct pending *ended = find(process);
        if (ended) release(ended);
        return false; /* the end of a child is also the business of whoever started it */
    }
    int event = status >> 16;
    unsigned long former = (unsigned long)process;
    /* A thread that execs takes over the id of its process; the kernel tells the former one. */
    if (event == PTRACE_EVENT_EXEC) ptrace(PTRACE_GETEVENTMSG, process, 0, &former);
    struct pending *at = find((pid_t)former);
    if (event == PTRACE_EVENT_EXEC && former != (unsigned long)process) {
        struct pending *leader = find(process); /* the kernel has released it, and reports no end of it */
        if (leader) release(leader);
    }
    if (event == PTRACE_EVENT_EXEC) {
        struct objection objection = {false, at ? NULL : "nothing was checked"};
        if (at && at->expected.of_start) loader_variables_adopt(process);
        if (at && at->expected.checked) objection = find_difference(process, &at->expected);
        if (!objection.reason) objection = handle_secrets(process, at->expected.of_start);
        if (objection.reason) stop_process(process, &objection);
    }
    int signal = event ? 0 : WSTOPSIG(status);
    ptrace(PTRACE_DETACH, process, 0, signal);
    if (at) release(at);
    return true;
}
