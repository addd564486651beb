#include "files-change.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "behalf.h"
#include "files.h"
#include "landlock.h"
#include "surroundings.h"
#include "verdict.h"

enum { MAX_XATTR_NAME = 256, MAX_XATTR_VALUE = 4096, MAX_HANDLE = 40 };

struct change {
    const struct request *request;
    const struct policy *policy;
    struct found found[FILE_PATHS];
    size_t names;
    uint64_t rest[4]; /* arguments after the names */
};

typedef int perform(const struct change *change); /* 0 or -errno */

static int result_of(long result) { return result < 0 ? -errno : 0; }

static void handle_path(const struct found *found, char path[static MAX_HANDLE]) {
    snprintf(path, MAX_HANDLE, "/proc/self/fd/%d", found->fd);
}

static int do_unlink(const struct change *at) {
    bool folder = at->request->call->argument == CHANGE_RMDIR;
    int flags = at->request->call->argument == CHANGE_UNLINKAT ? (int)at->rest[0] : folder ? AT_REMOVEDIR : 0;
    return result_of(unlinkat(at->found->fd, at->found->name, flags));
}

static int do_mkdir(const struct change *at) {
    return result_of(mkdirat(at->found->fd, at->found->name, (mode_t)at->rest[0]));
}

static int do_mknod(const struct change *at) {
    return result_of(mknodat(at->found->fd, at->found->name, (mode_t)at->rest[0], (dev_t)at->rest[1]));
}

static int do_symlink(const struct change *at) {
    char *target = file_paths[1].requested;
    int length = target_read_string(at->request->thread, at->request->notification.data.args[0], target, PATH_MAX);
    return length < 0 ? length : result_of(symlinkat(target, at->found->fd, at->found->name));
}

static int do_rename(const struct change *at) {
    const struct found *from = &at->found[0], *to = &at->found[1];
    bool has_flags = strcmp(at->request->call->name, "renameat2") == 0;
    return result_of(syscall(SYS_renameat2, from->fd, from->name, to->fd, to->name, has_flags ? at->rest[0] : 0));
}

static int do_link(const struct change *at) {
    char path[MAX_HANDLE];
    handle_path(&at->found[0], path);
    return result_of(linkat(AT_FDCWD, path, at->found[1].fd, at->found[1].name, AT_SYMLINK_FOLLOW));
}

static int do_truncate(const struct change *at) {
    char path[MAX_HANDLE];
    bool by_halves = strcmp(at->request->call->name, "truncate64") == 0; /* of 32-bit calls */
    uint64_t length = by_halves ? at->rest[0] | at->rest[1] << 32 : at->rest[0];
    handle_path(at->found, path);
    return result_of(truncate(path, (off_t)length));
}

static int do_chmod(const struct change *at) {
    char path[MAX_HANDLE];
    handle_path(at->found, path);
    return result_of(chmod(path, (mode_t)at->rest[0]));
}

static int do_chown(const struct change *at) {
    return result_of(fchownat(at->found->fd, "", (uid_t)at->rest[0], (gid_t)at->rest[1], AT_EMPTY_PATH));
}

static int do_utimens(const struct change *at) {
    struct timespec times[2];
    uint64_t address = at->rest[0];
    if (address && call_is_compat(&at->request->notification.data)) return -ENOSYS;
    if (address && !target_read(at->request->thread, address, times, sizeof times)) return -EFAULT;
    return result_of(syscall(SYS_utimensat, at->found->fd, "", address ? times : NULL, AT_EMPTY_PATH));
}

static int read_xattr_name(const struct change *at, char name[static MAX_XATTR_NAME]) {
    int length = target_read_string(at->request->thread, at->rest[0], name, MAX_XATTR_NAME);
    return length < 0 ? length : 0;
}

static int do_setxattr(const struct change *at) {
    char name[MAX_XATTR_NAME], value[MAX_XATTR_VALUE], path[MAX_HANDLE];
    size_t size = (size_t)at->rest[2];
    int error = read_xattr_name(at, name);
    if (error) return error;
    if (size > sizeof value) return -E2BIG;
    if (!target_read(at->request->thread, at->rest[1], value, size)) return -EFAULT;
    handle_path(at->found, path);
    return result_of(setxattr(path, name, value, size, (int)at->rest[3]));
}

static int do_removexattr(const struct change *at) {
    char name[MAX_XATTR_NAME], path[MAX_HANDLE];
    int error = read_xattr_name(at, name);
    if (error) return error;
    handle_path(at->found, path);
    return result_of(removexattr(path, name));
}

/* `flags`: the argument that may hold AT_SYMLINK_NOFOLLOW or AT_SYMLINK_FOLLOW. */
static const struct shape {
    int8_t folder, path, other_folder, other_path, rest, flags;
    enum file_lookup_end end, other_end;
    perform *perform;
} shapes[] = {
    [CHANGE_UNLINK] = {-1, 0, -1, -1, 1, -1, LOOKUP_ENTRY, 0, do_unlink},
    [CHANGE_UNLINKAT] = {0, 1, -1, -1, 2, -1, LOOKUP_ENTRY, 0, do_unlink},
    [CHANGE_RMDIR] = {-1, 0, -1, -1, 1, -1, LOOKUP_ENTRY, 0, do_unlink},
    [CHANGE_MKDIR] = {-1, 0, -1, -1, 1, -1, LOOKUP_ENTRY, 0, do_mkdir},
    [CHANGE_MKDIRAT] = {0, 1, -1, -1, 2, -1, LOOKUP_ENTRY, 0, do_mkdir},
    [CHANGE_MKNOD] = {-1, 0, -1, -1, 1, -1, LOOKUP_ENTRY, 0, do_mknod},
    [CHANGE_MKNODAT] = {0, 1, -1, -1, 2, -1, LOOKUP_ENTRY, 0, do_mknod},
    [CHANGE_SYMLINK] = {-1, 1, -1, -1, 2, -1, LOOKUP_ENTRY, 0, do_symlink},
    [CHANGE_SYMLINKAT] = {1, 2, -1, -1, 3, -1, LOOKUP_ENTRY, 0, do_symlink},
    [CHANGE_RENAME] = {-1, 0, -1, 1, 2, -1, LOOKUP_ENTRY, LOOKUP_ENTRY, do_rename},
    [CHANGE_RENAMEAT] = {0, 1, 2, 3, 4, -1, LOOKUP_ENTRY, LOOKUP_ENTRY, do_rename},
    [CHANGE_LINK] = {-1, 0, -1, 1, 2, -1, LOOKUP_NOFOLLOW, LOOKUP_ENTRY, do_link},
    [CHANGE_LINKAT] = {0, 1, 2, 3, 4, 4, LOOKUP_NOFOLLOW, LOOKUP_ENTRY, do_link},
    [CHANGE_TRUNCATE] = {-1, 0, -1, -1, 1, -1, LOOKUP_FILE, 0, do_truncate},
    [CHANGE_CHMOD] = {-1, 0, -1, -1, 1, -1, LOOKUP_FILE, 0, do_chmod},
    [CHANGE_FCHMOD] = {0, -1, -1, -1, 1, -1, LOOKUP_FILE, 0, do_chmod},
    [CHANGE_FCHMODAT] = {0, 1, -1, -1, 2, -1, LOOKUP_FILE, 0, do_chmod},
    [CHANGE_CHOWN] = {-1, 0, -1, -1, 1, -1, LOOKUP_FILE, 0, do_chown},
    [CHANGE_LCHOWN] = {-1, 0, -1, -1, 1, -1, LOOKUP_NOFOLLOW, 0, do_chown},
    [CHANGE_FCHOWN] = {0, -1, -1, -1, 1, -1, LOOKUP_FILE, 0, do_chown},
    [CHANGE_FCHOWNAT] = {0, 1, -1, -1, 2, 4, LOOKUP_FILE, 0, do_chown},
    [CHANGE_UTIMENSAT] = {0, 1, -1, -1, 2, 3, LOOKUP_FILE, 0, do_utimens},
    [CHANGE_SETXATTR] = {-1, 0, -1, -1, 1, -1, LOOKUP_FILE, 0, do_setxattr},
    [CHANGE_LSETXATTR] = {-1, 0, -1, -1, 1, -1, LOOKUP_NOFOLLOW, 0, do_setxattr},
    [CHANGE_FSETXATTR] = {0, -1, -1, -1, 1, -1, LOOKUP_FILE, 0, do_setxattr},
    [CHANGE_REMOVEXATTR] = {-1, 0, -1, -1, 1, -1, LOOKUP_FILE, 0, do_removexattr},
    [CHANGE_LREMOVEXATTR] = {-1, 0, -1, -1, 1, -1, LOOKUP_NOFOLLOW, 0, do_removexattr},
    [CHANGE_FREMOVEXATTR] = {0, -1, -1, -1, 1, -1, LOOKUP_FILE, 0, do_removexattr},
};

static int find_name(struct change *at, int8_t folder, int8_t path, enum file_lookup_end end, bool may_be_empty) {
    const uint64_t *args = (const uint64_t *)at->request->notification.data.args;
    struct file_paths *paths = &file_paths[at->names];
    struct found *found = &at->found[at->names];
    found->path = paths->resolved;
    paths->requested[0] = '\0';
    if (path >= 0 && args[path]) {
        int length = target_read_string(at->request->thread, args[path], paths->requested, PATH_MAX);
        if (length < 0) return length;
        if (length == 0 && !may_be_empty) return -ENOENT;
    }
    int result =
        file_lookup(at->request->thread, folder >= 0 ? (int)args[folder] : AT_FDCWD, paths->requested, end, found);
    if (!result) at->names++;
    return result;
}

static int find_names(struct change *at, const struct shape *shape) {
    const uint64_t *args = (const uint64_t *)at->request->notification.data.args;
    int flags = shape->flags >= 0 ? (int)args[shape->flags] : 0;
    enum file_lookup_end end = flags & AT_SYMLINK_NOFOLLOW ? LOOKUP_NOFOLLOW
                               : flags & AT_SYMLINK_FOLLOW ? LOOKUP_FILE
                                                           : shape->end;
    bool by_descriptor = shape->path < 0 || flags & AT_EMPTY_PATH || (shape->path >= 0 && !args[shape->path]);
    for (int i = 0; i < 4 && shape->rest + i < 6; i++) at->rest[i] = args[shape->rest + i];
    int result = find_name(at, shape->folder, shape->path, end, by_descriptor);
    return result || shape->other_path < 0
               ? result
               : find_name(at, shape->other_folder, shape->other_path, shape->other_end, false);
}

static bool is_folder(const struct found *found) {
    struct stat status;
    int result =
        found->name[0] ? fstatat(found->fd, found->name, &status, AT_SYMLINK_NOFOLLOW) : fstat(found->fd, &status);
    return result == 0 && S_ISDIR(status.st_mode);
}

/* A second name must not open what the first one closes. */
static bool may_be_named_anew(const struct change *at, const struct found *found, const char *requested) {
    struct file_use use = {.requested = requested, .found = found, .is_folder = is_folder(found)};
    if (!file_use_apply(at->request, at->policy, &use, FILE_READ)) return false;
    if (!use.is_folder || !file_rules_reach_below(&at->policy->files, &surroundings.variables, span_of(found->path)))
        return true;
    return file_use_verdict(at->request, at->policy, &use, FILE_WRITE,
                            "the policy has rules for what lies in this folder");
}

static bool goes_ahead(const struct change *at) {
    for (size_t i = 0; i < at->names; i++) {
        const struct found *found = &at->found[i];
        struct file_use use = {.requested = file_paths[i].requested, .found = found};
        if (!file_use_apply(at->request, at->policy, &use, FILE_WRITE)) return false;
        if (at->names > 1 && !may_be_named_anew(at, found, use.requested)) return false;
    }
    return true;
}

/* Landlock knows entries, not modes, owners and times; and nothing of what a second name opens. */
static bool may_continue(const struct change *at, const struct shape *shape) {
    if (at->policy->files.effect != EFFECT_PREVENT) return true;
    if (!landlock_holds(at->policy, FILE_WRITE)) return false;
    bool by_entry = shape->end == LOOKUP_ENTRY || shape->other_path >= 0;
    return by_entry && (at->names == 1 || !at->policy->files.limits_reading);
}

static void carry_out(const struct change *at, const struct shape *shape) {
    if (may_continue(at, shape)) {
        answer_continue(at->request);
        return;
    }
    int result = behalf_begin(at->request->thread, true) ? shape->perform(at) : -EACCES;
    behalf_end();
    if (result < 0) {
        answer_refuse(at->request, -result);
    } else {
        answer_value(at->request, 0);
    }
}

void files_change(const struct request *request, const struct policy *policy) {
    struct change change = {.request = request, .policy = policy};
    const struct shape *shape = &shapes[request->call->argument];
    int result = find_names(&change, shape);
    if (result == -EBUSY && shape->perform == do_mkdir) result = -EEXIST; /* `.` and the root are there */
    if (result) {
        answer_refuse(request, -result);
    } else if (goes_ahead(&change)) {
        carry_out(&change, shape);
    }
    for (size_t i = 0; i < change.names; i++) close(change.found[i].fd);
}
