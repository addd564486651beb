#include "exec.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>

#include "access.h"
#include "environment.h"
#include "file.h"
#include "image.h"
#include "judge.h"
#include "own-program.h"
#include "runtime-start.h"
#include "state.h"
#include "system.h"

enum { MAX_ARGUMENTS = 1024 };

struct exec {
    const char *name; /* of the call */
    int folder, flags;
    const char *path;
    const char *const *arguments, *const *environment;
    struct stat status;
    bool has_path;
    struct image image;
};

static struct exec read_call(const struct call *call) {
    const int64_t *argument = call->argument;
    if (call->number == __NR_execve)
        return (struct exec){.name = "execve",
                             .folder = AT_FDCWD,
                             .path = (const char *)argument[0],
                             .arguments = (const char *const *)argument[1],
                             .environment = (const char *const *)argument[2]};
    return (struct exec){.name = "execveat",
                         .folder = (int)argument[0],
                         .path = (const char *)argument[1],
                         .arguments = (const char *const *)argument[2],
                         .environment = (const char *const *)argument[3],
                         .flags = (int)argument[4]};
}

/* Saves the child that is to become the program its first look into /proc, which takes 25 µs. */
static long open_without_symlinks(const char *path) {
    const struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS};
    return file_path_is_plain(path) ? SYSTEM(openat2, AT_FDCWD, path, &how, sizeof how) : -ELOOP;
}

/* Opens what is meant, without reading it, and finds its path. Returns a descriptor or a negative errno. */
static long open_program(struct exec *exec, struct scratch *scratch) {
    long length = file_copy_path(exec->path, scratch->asked, sizeof scratch->asked);
    if (length < 0) return length;
    if (!length && !(exec->flags & AT_EMPTY_PATH)) return -ENOENT;
    long fd = open_without_symlinks(scratch->asked);
    bool is_path = fd >= 0;
    if (!is_path)
        fd = length ? SYSTEM(openat, exec->folder, scratch->asked,
                             O_PATH | O_CLOEXEC | (exec->flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0))
                    : SYSTEM(fcntl, exec->folder, F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return fd;
    file_status((int)fd, &exec->status);
    if (is_path) memcpy(scratch->path, scratch->asked, (size_t)length + 1);
    exec->has_path = is_path || file_path((int)fd, &exec->status, scratch->path, sizeof scratch->path);
    long error = S_ISLNK(exec->status.st_mode)                                      ? -ELOOP
                 : !S_ISREG(exec->status.st_mode) || !(exec->status.st_mode & 0111) ? -EACCES
                                                                                    : 0;
    if (error) SYSTEM(close, fd);
    return error ? error : fd;
}

static bool is_same_file(const void *file, struct span literal) {
    const struct stat *status = file;
    char path[256];
    struct stat named;
    if (literal.length >= sizeof path) return false;
    memcpy(path, literal.bytes, literal.length);
    path[literal.length] = '\0';
    return SYSTEM(newfstatat, AT_FDCWD, path, &named, 0) == 0 && named.st_dev == status->st_dev &&
           named.st_ino == status->st_ino;
}

/* All arguments, each with its NUL, into the record's buffer; what does not fit is left out. */
static struct span join_arguments(const struct exec *exec, char *to, size_t size) {
    size_t length = 0;
    for (int i = 0; exec->arguments && exec->arguments[i] && i < MAX_ARGUMENTS; i++) {
        size_t more = strlen(exec->arguments[i]) + 1;
        if (more > size - length) break;
        memcpy(to + length, exec->arguments[i], more);
        length += more;
    }
    return (struct span){(const uint8_t *)to, length};
}

static bool is_refused(const struct exec *exec, const struct policy *policy, struct scratch *scratch) {
    struct span arguments = join_arguments(exec, (char *)scratch->pointers, sizeof scratch->pointers);
    struct process_start start = {
        .path = span_of(scratch->path),
        .arguments = arguments,
        .parent = span_of(own_program()->path),
        .is_same_file = is_same_file,
        .file = &exec->status,
        .parent_file = &own_program()->status,
        .trouble = exec->has_path ? NULL : "the file has no path (it is in memory only, or deleted)"};
    struct access access = {.section = SECTION_PROCESS,
                            .effect = policy->process.effect,
                            .call = exec->name,
                            .kind = "process",
                            .value = span_of(exec->has_path ? scratch->path : scratch->asked),
                            .fields = {{FIELD_PATH, span_of(scratch->path)},
                                       {FIELD_ASKED, span_of(scratch->asked)},
                                       {FIELD_ARGUMENTS, arguments},
                                       {FIELD_SCRIPT, span_of(scratch->work)}}};
    access.allowed = exec->has_path && runtime_start_includes(scratch->path);
    if (!access.allowed) {
        access.reason = process_rules_judge(&policy->process, state_variables(policy), &start, &access.effect);
        access.allowed = !access.reason;
    }
    if (access.allowed && !exec->image.guarded && !process_rules_name(&policy->process, &start)) {
        access.allowed = false;
        access.reason =
            "it is static or has rights of its own, so the guard can't go with it; only an entry that names "
            "it without wildcards allows that";
    }
    return access_is_refused(&access, scratch->record);
}

static void tell_unguarded(const struct exec *exec, struct scratch *scratch) {
    struct access access = {.section = SECTION_PROCESS,
                            .effect = EFFECT_ALERT,
                            .call = exec->name,
                            .reason = "it is static or has rights of its own, so it runs without the guard",
                            .kind = "process",
                            .value = span_of(scratch->path),
                            .fields = {{FIELD_PATH, span_of(scratch->path)}, {FIELD_ASKED, span_of(scratch->asked)}}};
    access_tell_unguarded(&access, scratch->record);
}

/* By the file section. */
static bool may_not_be_executed(const struct call *call, bool has_path, struct scratch *scratch) {
    const struct place place = {.path = scratch->path, .name = "", .is_named = has_path};
    return judge_refuses(call, &place, scratch->asked, FILE_EXECUTE, scratch);
}

/* The interpreter of a script is executed, too, and so is that of an interpreter which is a script. */
static bool interpreter_may_not_be_executed(const struct call *call, struct scratch *scratch) {
    struct image image;
    bool refused = false;
    if (state_policy()->files.effect == EFFECT_DISABLE) return false;
    while (!refused && scratch->work[0]) {
        struct place place = {.path = (char *)scratch->pointers};
        if (place_find(&place, AT_FDCWD, scratch->work, PLACE_FILE) != 0)
            return false; /* nor will the kernel find it */
        refused = judge_refuses(call, &place, scratch->work, FILE_EXECUTE, scratch);
        const struct image_file file = {place.fd, NULL, NULL};
        if (!refused && image_inspect(&file, scratch, &image) != 0) scratch->work[0] = '\0';
        place_close(&place);
    }
    return refused;
}

/* By the path without symlinks: nobody who can't write there can have it lead elsewhere meanwhile. */
static long start_program(const struct exec *exec, const struct policy *policy, int fd, struct scratch *scratch) {
    if (!environment_of_child(exec->environment, &policy->secrets, scratch)) return -E2BIG;
    scratch_leave_to_kernel(scratch);
    long error = exec->has_path ? SYSTEM(execve, scratch->path, exec->arguments, scratch->pointers)
                                : SYSTEM(execveat, fd, "", exec->arguments, scratch->pointers, AT_EMPTY_PATH);
    scratch_take_back();
    return error;
}

/* The init decides; the library only goes with the program. */
static long go_along(const struct call *call, const struct exec *exec) {
    struct scratch *scratch = scratch_take();
    long error = -E2BIG;
    if (environment_of_child(exec->environment, &state_policy()->secrets, scratch)) {
        scratch_leave_to_kernel(scratch);
        error = call->number == __NR_execve
                    ? SYSTEM(execve, exec->path, exec->arguments, scratch->pointers)
                    : SYSTEM(execveat, exec->folder, exec->path, exec->arguments, scratch->pointers, exec->flags);
        scratch_take_back();
    }
    scratch_give(scratch);
    return error;
}

enum verdict exec_decide(struct call *call) {
    struct exec exec = read_call(call);
    if (state.share->filtered) return call_answer(call, go_along(call, &exec));
    const struct policy *policy = state_policy();
    struct scratch *scratch = scratch_take();
    long result = open_program(&exec, scratch);
    if (result >= 0) {
        int fd = (int)result;
        const struct image_file file = {fd, exec.has_path ? scratch->path : NULL, &exec.status};
        result = -image_inspect(&file, scratch, &exec.image);
        if (!result && is_refused(&exec, policy, scratch)) result = -EPERM;
        if (!result && may_not_be_executed(call, exec.has_path, scratch)) result = -EACCES;
        if (!result && interpreter_may_not_be_executed(call, scratch)) result = -EACCES;
        if (!result && !exec.image.guarded) tell_unguarded(&exec, scratch);
        if (!result) result = start_program(&exec, policy, fd, scratch);
        SYSTEM(close, fd);
    }
    scratch_give(scratch);
    return call_answer(call, result);
}
