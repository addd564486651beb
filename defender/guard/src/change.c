#include "change.h"

#include <errno.h>
#include <fcntl.h>

#include "file.h"
#include "judge.h"
#include "state.h"
#include "system.h"

/* Which arguments of a call name what. -1: none; AT_FDCWD stands for a folder that is not given. `flags`: the argument
 * that may hold AT_SYMLINK_NOFOLLOW or AT_SYMLINK_FOLLOW. */
static const struct shape {
    int16_t number;
    int8_t folder, path, other_folder, other_path, flags;
    uint8_t end, other_end;
} shapes[] = {
    {__NR_unlinkat, 0, 1, -1, -1, -1, PLACE_ENTRY, 0},
    {__NR_mkdirat, 0, 1, -1, -1, -1, PLACE_ENTRY, 0},
    {__NR_mknodat, 0, 1, -1, -1, -1, PLACE_ENTRY, 0},
    {__NR_symlinkat, 1, 2, -1, -1, -1, PLACE_ENTRY, 0},
#ifdef __NR_renameat
    {__NR_renameat, 0, 1, 2, 3, -1, PLACE_ENTRY, PLACE_ENTRY},
#endif
    {__NR_renameat2, 0, 1, 2, 3, -1, PLACE_ENTRY, PLACE_ENTRY},
    {__NR_linkat, 0, 1, 2, 3, 4, PLACE_NOFOLLOW, PLACE_ENTRY},
    {__NR_truncate, -1, 0, -1, -1, -1, PLACE_FILE, 0},
    {__NR_fchmod, 0, -1, -1, -1, -1, PLACE_FILE, 0},
    {__NR_fchmodat, 0, 1, -1, -1, -1, PLACE_FILE, 0},
    {__NR_fchown, 0, -1, -1, -1, -1, PLACE_FILE, 0},
    {__NR_fchownat, 0, 1, -1, -1, 4, PLACE_FILE, 0},
    {__NR_utimensat, 0, 1, -1, -1, 3, PLACE_FILE, 0},
    {__NR_setxattr, -1, 0, -1, -1, -1, PLACE_FILE, 0},
    {__NR_lsetxattr, -1, 0, -1, -1, -1, PLACE_NOFOLLOW, 0},
    {__NR_fsetxattr, 0, -1, -1, -1, -1, PLACE_FILE, 0},
    {__NR_removexattr, -1, 0, -1, -1, -1, PLACE_FILE, 0},
    {__NR_lremovexattr, -1, 0, -1, -1, -1, PLACE_NOFOLLOW, 0},
    {__NR_fremovexattr, 0, -1, -1, -1, -1, PLACE_FILE, 0},
#ifdef __NR_unlink
    {__NR_unlink, -1, 0, -1, -1, -1, PLACE_ENTRY, 0},
    {__NR_rmdir, -1, 0, -1, -1, -1, PLACE_ENTRY, 0},
    {__NR_mkdir, -1, 0, -1, -1, -1, PLACE_ENTRY, 0},
    {__NR_mknod, -1, 0, -1, -1, -1, PLACE_ENTRY, 0},
    {__NR_symlink, -1, 1, -1, -1, -1, PLACE_ENTRY, 0},
    {__NR_rename, -1, 0, -1, 1, -1, PLACE_ENTRY, PLACE_ENTRY},
    {__NR_link, -1, 0, -1, 1, -1, PLACE_NOFOLLOW, PLACE_ENTRY},
    {__NR_chmod, -1, 0, -1, -1, -1, PLACE_FILE, 0},
    {__NR_chown, -1, 0, -1, -1, -1, PLACE_FILE, 0},
    {__NR_lchown, -1, 0, -1, -1, -1, PLACE_NOFOLLOW, 0},
#endif
};

struct change {
    struct call *call;
    const struct shape *shape;
    struct scratch *scratch;
    struct place place, other;
};

static const struct shape *find_shape(int64_t number) {
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (shapes[i].number == number) return &shapes[i];
    return NULL;
}

static long find_one(struct change *at, struct place *place, int8_t folder, int8_t path, enum place_end end,
                     char *asked, bool may_be_empty) {
    const int64_t *argument = at->call->argument;
    int base = folder >= 0 ? (int)argument[folder] : AT_FDCWD;
    if (path < 0 || (may_be_empty && !argument[path])) return place_of_descriptor(place, base);
    long length = file_copy_path((const char *)argument[path], asked, SCRATCH_PATH);
    if (length < 0) return length;
    if (!length) return may_be_empty ? place_of_descriptor(place, base) : -ENOENT;
    return place_find(place, base, asked, end);
}

static long find(struct change *at) {
    const struct shape *shape = at->shape;
    int flags = shape->flags >= 0 ? (int)at->call->argument[shape->flags] : 0;
    enum place_end end = flags & AT_SYMLINK_NOFOLLOW ? PLACE_NOFOLLOW
                         : flags & AT_SYMLINK_FOLLOW ? PLACE_FILE
                                                     : (enum place_end)shape->end;
    bool may_be_empty = flags & AT_EMPTY_PATH || shape->number == __NR_utimensat;
    long error = find_one(at, &at->place, shape->folder, shape->path, end, at->scratch->asked, may_be_empty);
    if (error || shape->other_path < 0) return error;
    return find_one(at, &at->other, shape->other_folder, shape->other_path, (enum place_end)shape->other_end,
                    at->scratch->work, false);
}

static bool is_refused(const struct change *at) {
    const struct call *call = at->call;
    struct scratch *scratch = at->scratch;
    if (judge_refuses(call, &at->place, scratch->asked, FILE_WRITE, scratch)) return true;
    if (at->shape->other_path < 0) return false;
    return judge_refuses_name(call, &at->place, scratch->asked, scratch) ||
           judge_refuses(call, &at->other, scratch->work, FILE_WRITE, scratch) ||
           judge_refuses_name(call, &at->other, scratch->work, scratch);
}

/* Does what was asked for with the handles that were judged. */
static long carry_out(const struct change *at) {
    const int64_t *argument = at->call->argument;
    const struct place *place = &at->place, *other = &at->other;
    char link[FILE_LINK];
    int64_t rest = argument[at->shape->path + 1]; /* what follows the name */
    file_link(place->fd < 0 ? (int)argument[0] : place->fd, link);
    switch (at->shape->number) {
    case __NR_unlinkat:
        return SYSTEM(unlinkat, place->fd, place->name, rest);
    case __NR_mkdirat:
        return SYSTEM(mkdirat, place->fd, place->name, rest);
    case __NR_mknodat:
        return SYSTEM(mknodat, place->fd, place->name, rest, argument[3]);
    case __NR_symlinkat:
        return SYSTEM(symlinkat, argument[0], place->fd, place->name);
#ifdef __NR_renameat
    case __NR_renameat:
        return SYSTEM(renameat2, place->fd, place->name, other->fd, other->name, 0);
#endif
    case __NR_renameat2:
        return SYSTEM(renameat2, place->fd, place->name, other->fd, other->name, argument[4]);
    case __NR_linkat:
        return SYSTEM(linkat, AT_FDCWD, link, other->fd, other->name, AT_SYMLINK_FOLLOW);
    case __NR_truncate:
        return SYSTEM(truncate, link, rest);
    case __NR_fchmodat:
        return SYSTEM(fchmodat, AT_FDCWD, link, rest);
    case __NR_fchownat:
        return place->fd < 0 ? SYSTEM(fchown, argument[0], rest, argument[3])
                             : SYSTEM(fchownat, place->fd, "", rest, argument[3], AT_EMPTY_PATH);
    case __NR_utimensat:
        return place->fd < 0 ? SYSTEM(utimensat, argument[0], 0, rest, 0)
                             : SYSTEM(utimensat, place->fd, "", rest, AT_EMPTY_PATH);
    case __NR_setxattr:
    case __NR_lsetxattr:
        return SYSTEM(setxattr, link, argument[1], argument[2], argument[3], argument[4]);
    case __NR_removexattr:
    case __NR_lremovexattr:
        return SYSTEM(removexattr, link, argument[1]);
#ifdef __NR_unlink
    case __NR_unlink:
        return SYSTEM(unlinkat, place->fd, place->name, 0);
    case __NR_rmdir:
        return SYSTEM(unlinkat, place->fd, place->name, AT_REMOVEDIR);
    case __NR_mkdir:
        return SYSTEM(mkdirat, place->fd, place->name, rest);
    case __NR_mknod:
        return SYSTEM(mknodat, place->fd, place->name, rest, argument[2]);
    case __NR_symlink:
        return SYSTEM(symlinkat, argument[0], place->fd, place->name);
    case __NR_rename:
        return SYSTEM(renameat2, place->fd, place->name, other->fd, other->name, 0);
    case __NR_link:
        return SYSTEM(linkat, AT_FDCWD, link, other->fd, other->name, AT_SYMLINK_FOLLOW);
    case __NR_chmod:
        return SYSTEM(fchmodat, AT_FDCWD, link, rest);
    case __NR_chown:
    case __NR_lchown:
        return SYSTEM(fchownat, place->fd, "", rest, argument[2], AT_EMPTY_PATH);
#endif
    default: /* fchmod, fchown …: the descriptor is the handle */
        return system_call(at->call->number, argument[0], argument[1], argument[2], argument[3], argument[4], 0);
    }
}

static bool makes_folder(int64_t number) {
#ifdef __NR_mkdir
    if (number == __NR_mkdir) return true;
#endif
    return number == __NR_mkdirat;
}

enum verdict change_decide(struct call *call) {
    struct scratch *scratch = scratch_take();
    struct change change = {.call = call,
                            .shape = find_shape(call->number),
                            .scratch = scratch,
                            .place = {.fd = -1, .path = scratch->path, .name = ""},
                            .other = {.fd = -1, .path = (char *)scratch->pointers, .name = ""}};
    long result = find(&change);
    if (result == -EBUSY && makes_folder(call->number)) result = -EEXIST; /* `.` and the root are there */
    if (!result) result = is_refused(&change) ? -EACCES : carry_out(&change);
    place_close(&change.place);
    place_close(&change.other);
    scratch_give(scratch);
    return call_answer(call, result);
}
