#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files-change.h"
#include "files-open.h"
#include "library.h"
#include "memory.h"
#include "start.h"
#include "surroundings.h"
#include "tamper.h"
#include "verdict.h"

_Alignas(MEMORY_PAGE) struct file_paths file_paths[FILE_PATHS];

struct file_access_told {
    struct access access; /* first, so that it leads to the rest */
    const char *path, *requested;
};

static const char *const kinds[] = {"read", "write", "execute"};
static const char *const attempts[] = {"tried to read", "tried to change", "tried to execute"};
static const char in_memory_only[] = "it lies in memory only";
static const char *const deeds[] = {"read", "changed", "executed"};

static void describe(const struct access *access, struct json *json) {
    const struct file_access_told *told = (const struct file_access_told *)access;
    json_bytes(json, "path", told->path, strlen(told->path), 512);
    json_bytes(json, "requested", told->requested, strlen(told->requested), 512);
    json_text(json, "access", access->kind);
}

static bool is_of_process(const char *path) {
    const char *name = strrchr(path, '/');
    return strcmp(name, "/comm") == 0 || strcmp(name, "/coredump_filter") == 0 ||
           (library_is_open() && strcmp(name, "/maps") == 0);
}

/* Devices that hold nothing, and what runtimes set of their own process: names of threads, what a core dump holds. The
 * guard library reads where its process's code is. */
static bool is_harmless(const char *path, pid_t thread) {
    static const char *const devices[] = {"/dev/null",    "/dev/zero", "/dev/full",
                                          "/dev/urandom", "/dev/tty",  "/dev/random"};
    char own[64];
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
        if (strcmp(path, devices[i]) == 0) return true;
    if (strncmp(path, "/proc/", 6) != 0 || !is_of_process(path)) return false;
    int length = snprintf(own, sizeof own, "/proc/%d/", target_process(thread));
    return strncmp(path, own, (size_t)length) == 0;
}

static const char *judge_path(const struct file_rules *rules, struct span path, enum file_access access) {
    return file_rules_judge(rules, &surroundings.variables, path, access, start_has_ended());
}

/* What has no name of its own any more is judged by its last one. */
static size_t length_of_name(const struct found *found) {
    bool may_be_gone = !found->is_named && !found->name[0];
    return may_be_gone ? file_path_kept_length(found->path) : strlen(found->path);
}

/* What a process has made for itself, and what no policy is about. */
static bool is_nobodys(const struct request *request, const char *path, enum file_access access) {
    static const char doublemapper[] = "/memfd:doublemapper"; /* .NET maps its own code this way */
    if (library_is_open() && access != FILE_WRITE && strcmp(path, library_file()) == 0) return true;
    if (strncmp(path, "/memfd:", 7) == 0)
        return access != FILE_EXECUTE || strncmp(path, doublemapper, sizeof doublemapper - 1) == 0;
    return (path[0] && path[0] != '/') || (access != FILE_EXECUTE && is_harmless(path, request->thread));
}

/* As patterns see it: a folder has a slash at its end, so that `/folder/` followed by ** is about the folder, too. */
static void write_name(const struct file_use *use, char name[static PATH_MAX]) {
    const char *path = use->found->path;
    size_t length = length_of_name(use->found);
    bool add = use->is_folder && length && length + 1 < PATH_MAX && path[length - 1] != '/';
    snprintf(name, PATH_MAX, "%.*s%s", (int)length, path, add ? "/" : "");
}

static const char *judge(const struct file_rules *rules, const struct file_use *use, const char *name,
                         enum file_access access) {
    const char *path = use->found->path;
    if (strncmp(path, "/memfd:", 7) == 0) return in_memory_only;
    if (!path[0]) return "its path is longer than the kernel tells";
    if (!use->found->is_named && !path[length_of_name(use->found)])
        return "it lies behind a mount that the init does not see";
    return judge_path(rules, span_of(name), access);
}

static struct file_access_told tell_of(enum file_access access, const char *path, const char *requested,
                                       const char *reason) {
    return (struct file_access_told){.access = {.type = "file",
                                                .kind = kinds[access],
                                                .value = path,
                                                .attempt = attempts[access],
                                                .deed = deeds[access],
                                                .allowed = !reason,
                                                .error = EACCES,
                                                .reason = reason,
                                                .describe = describe},
                                     .path = path,
                                     .requested = requested};
}

bool file_use_verdict(const struct request *request, const struct policy *policy, const struct file_use *use,
                      enum file_access access, const char *reason) {
    struct file_access_told told = tell_of(access, use->found->path, use->requested, reason);
    return verdict_apply(request, policy->files.effect, &told.access);
}

bool file_use_apply(const struct request *request, const struct policy *policy, const struct file_use *use,
                    enum file_access access) {
    if (tamper_refuse_file(request, use->found->path, access == FILE_WRITE)) return false;
    char name[PATH_MAX];
    if (is_nobodys(request, use->found->path, access)) return true;
    write_name(use, name);
    const char *reason = judge(&policy->files, use, name, access);
    struct file_access_told told = tell_of(access, use->found->path, use->requested, reason);
    told.access.value = name;
    return verdict_apply(request, policy->files.effect, &told.access);
}

bool files_let_execute(const struct request *request, const struct policy *policy, const char *path,
                       const char *requested) {
    if (policy->files.effect == EFFECT_DISABLE) return true;
    const char *reason = path[0] ? judge_path(&policy->files, span_of(path), FILE_EXECUTE) : in_memory_only;
    struct file_access_told told = tell_of(FILE_EXECUTE, path[0] ? path : requested, requested, reason);
    return verdict_apply(request, policy->files.effect, &told.access);
}

/* Another thread may put another file behind the descriptor before the kernel maps it: docs/threat-model.md. */
static void decide_mapping(const struct request *request, const struct policy *policy) {
    struct found found = {.path = file_paths[0].resolved};
    int result = file_lookup(request->thread, (int)request->notification.data.args[4], "", LOOKUP_FILE, &found);
    if (result < 0) {
        answer_refuse(request, -result);
        return;
    }
    bool is_of_library = library_is_share(found.fd);
    close(found.fd);
    struct file_use use = {.requested = found.path, .found = &found};
    if (is_of_library || file_use_apply(request, policy, &use, FILE_EXECUTE)) answer_continue(request);
}

void files_decide(const struct request *request, const struct policy *policy) {
    if (policy->files.effect == EFFECT_DISABLE) {
        answer_continue(request);
        return;
    }
    switch (request->call->kind) {
    case CALL_MMAP:
        decide_mapping(request, policy);
        break;
    case CALL_CHANGE:
        files_change(request, policy);
        break;
    default:
        files_open(request, policy);
    }
}

void files_release_memory(void) { memory_release(file_paths); }
