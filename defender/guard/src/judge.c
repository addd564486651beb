#include "judge.h"

#include <fcntl.h>

#include "access.h"
#include "decide.h"
#include "file.h"
#include "state.h"
#include "system.h"

enum { MAX_FOLDER = 64 };

static const char *const kinds[] = {"read", "write", "execute"};
static const char in_memory_only[] = "it lies in memory only";

static bool begins(const char *text, const char *start) {
    while (*start && *start == *text) start++, text++;
    return !*start;
}

static const char *after(const char *path, const char *prefix) {
    return path && begins(path, prefix) ? path + strlen(prefix) : NULL;
}

static bool is_below(const char *path, const char *folder) {
    const char *rest = after(path, folder);
    return rest && (!*rest || *rest == '/');
}

static const char *last_name(const char *path) {
    const char *name = path;
    for (; *path; path++)
        if (*path == '/') name = path + 1;
    return name;
}

/* Devices that hold nothing, and what runtimes set of their own process: names of threads, what a core dump holds. */
static bool is_harmless(const char *path) {
    static const char *const devices[] = {"null", "zero", "full", "urandom", "tty", "random"};
    char own[MAX_FOLDER];
    const char *device = after(path, "/dev/");
    for (size_t i = 0; device && i < sizeof devices / sizeof devices[0]; i++)
        if (strcmp(device, devices[i]) == 0) return true;
    if (!begins(path, "/proc/")) return false;
    const char *name = last_name(path);
    if (strcmp(name, "comm") != 0 && strcmp(name, "coredump_filter") != 0) return false;
    file_append_number(own, "/proc/", (uint32_t)SYSTEM(getpid, 0));
    return is_below(path, own);
}

static const char *judge_path(const struct policy *policy, struct span path, enum file_access access) {
    return file_rules_judge(&policy->files, state_variables(policy), path, access, state_started());
}

/* What has no name of its own any more is judged by its last one. */
static size_t length_of_name(const struct place *place) {
    bool may_be_gone = !place->is_named && !place->name[0];
    return may_be_gone ? file_path_kept_length(place->path) : strlen(place->path);
}

/* NULL: allowed; else why not. `path` has room for one more byte. */
static const char *judge(const struct place *place, enum file_access access, bool as_folder) {
    char *path = place->path;
    bool in_memory = begins(path, "/memfd:");
    /* .NET maps its own code this way */
    if (in_memory && access == FILE_EXECUTE && !begins(path, "/memfd:doublemapper")) return in_memory_only;
    if (!path[0]) return "its path is longer than the kernel tells";
    if (path[0] != '/' || in_memory) return NULL; /* pipes and the like, that the process has made */
    if (access != FILE_EXECUTE && is_harmless(path)) return NULL;
    size_t length = length_of_name(place);
    if (!place->is_named && !path[length] && !place->name[0]) return "it has no name that leads to it";
    bool needs_slash = as_folder && length + 1 < SCRATCH_PATH && path[length - 1] != '/';
    char kept = path[length];
    if (needs_slash) path[length] = '/'; /* so that `/folder/` followed by ** is about the folder itself, too */
    struct span name = {(const uint8_t *)path, length + needs_slash};
    const char *reason = judge_path(state_policy(), name, access);
    path[length] = kept;
    return reason;
}

static bool is_refused(const struct call *call, const struct place *place, const char *asked, enum file_access access,
                       const char *reason, struct scratch *scratch) {
    struct access told = {.section = SECTION_FILES,
                          .effect = state_policy()->files.effect,
                          .allowed = !reason,
                          .call = decide_name(call),
                          .reason = reason,
                          .kind = kinds[access],
                          .value = span_of(place->path[0] ? place->path : asked),
                          .fields = {{FIELD_PATH, span_of(place->path)},
                                     {FIELD_ASKED, span_of(asked)},
                                     {FIELD_ACCESS, span_of(kinds[access])}}};
    return access_is_refused(&told, scratch->record);
}

bool judge_refuses(const struct call *call, const struct place *place, const char *asked, enum file_access access,
                   struct scratch *scratch) {
    if (judge_protects(call, place->path, access == FILE_WRITE, scratch)) return true;
    if (state_policy()->files.effect == EFFECT_DISABLE) return false;
    bool as_folder = access != FILE_EXECUTE && place->is_folder && !place->name[0];
    const char *reason = judge(place, access, as_folder);
    size_t length = strlen(place->path);
    /* The model holds what patterns are compared with. */
    if (as_folder && state_policy()->files.effect == EFFECT_LEARN && length && length + 1 < SCRATCH_PATH &&
        place->path[length - 1] != '/')
        memcpy(place->path + length, "/", 2);
    return is_refused(call, place, asked, access, reason, scratch);
}

bool judge_refuses_name(const struct call *call, const struct place *place, const char *asked,
                        struct scratch *scratch) {
    struct stat status;
    const struct policy *policy = state_policy();
    if (policy->files.effect == EFFECT_DISABLE) return false;
    bool found = place->name[0] ? SYSTEM(newfstatat, place->fd, place->name, &status, AT_SYMLINK_NOFOLLOW) == 0
                                : file_status(place->fd, &status) == 0;
    bool is_folder = found && S_ISDIR(status.st_mode);
    if (is_refused(call, place, asked, FILE_READ, judge(place, FILE_READ, is_folder), scratch)) return true;
    return is_folder && file_rules_reach_below(&policy->files, state_variables(policy), span_of(place->path)) &&
           is_refused(call, place, asked, FILE_WRITE, "the policy has rules for what lies in this folder", scratch);
}

/* `/proc/PID/mem`, `/proc/PID/task/TID/mem` … */
static const char *name_in_process(const char *path, uint32_t process) {
    char folder[MAX_FOLDER];
    file_append_number(folder, "/proc/", process);
    const char *rest = after(path, folder);
    const char *name = rest && *rest == '/' ? rest + 1 : NULL, *task = after(name, "task/");
    while (task && *task && *task != '/') task++;
    return task && *task ? task + 1 : name;
}

static bool is_of_init(const char *path) {
    static const char *const names[] = {"mem", "environ", "auxv",    "maps",     "smaps",
                                        "fd",  "fdinfo",  "pagemap", "map_files"};
    const char *name = name_in_process(path, (uint32_t)state.share->init);
    for (size_t i = 0; name && i < sizeof names / sizeof names[0]; i++)
        if (is_below(name, names[i])) return true;
    return false;
}

static const char *protection(const char *path, bool changes) {
    bool in_proc = begins(path, "/proc/");
    const char *reason = NULL;
    if (in_proc && is_of_init(path)) reason = "it is memory, variables or descriptors of the init";
    if (in_proc && changes && strcmp(last_name(path), "mem") == 0)
        reason = "the guard is in the memory of each process";
    if (changes && (is_below(path, state.share->package) || strcmp(path, state.share->binary) == 0))
        reason = "it is what the init starts from";
    return reason;
}

bool judge_protects(const struct call *call, const char *path, bool changes, struct scratch *scratch) {
    const char *reason = protection(path, changes);
    if (!reason) return false;
    access_tell_tampering(decide_name(call), reason, path, scratch->record);
    return true;
}

bool judge_allows_name(char *path, enum file_access access) {
    const struct place place = {.path = path, .name = "", .is_named = true};
    return !protection(path, access == FILE_WRITE) && !judge(&place, access, false) &&
           (access != FILE_READ || !judge(&place, access, true));
}

bool judge_is_in_proc(int fd) {
    static uint64_t device;
    struct stat status;
    if (!device && SYSTEM(newfstatat, AT_FDCWD, "/proc", &status, 0) == 0) device = status.st_dev;
    return file_status(fd, &status) == 0 && status.st_dev == device;
}
