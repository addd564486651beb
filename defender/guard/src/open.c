#include "open.h"

#include <errno.h>
#include <fcntl.h>

#include "file.h"
#include "judge.h"
#include "plain.h"
#include "state.h"
#include "system.h"

enum { TRIES = 4 };

struct opening {
    struct call *call;
    struct scratch *scratch;
    int folder, flags, mode;
};

static struct opening read_call(struct call *call) {
    const int64_t *argument = call->argument;
#ifdef __NR_open
    if (call->number == __NR_open)
        return (struct opening){.call = call, .folder = AT_FDCWD, .flags = (int)argument[1], .mode = (int)argument[2]};
    if (call->number == __NR_creat)
        return (struct opening){
            .call = call, .folder = AT_FDCWD, .flags = O_CREAT | O_WRONLY | O_TRUNC, .mode = (int)argument[1]};
#endif
    return (struct opening){
        .call = call, .folder = (int)argument[0], .flags = (int)argument[2], .mode = (int)argument[3]};
}

static const char *path_of(const struct call *call) {
    return (const char *)call->argument[call->number == __NR_openat ? 1 : 0];
}

static bool writes(int flags) { return (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC); }

static bool reads(int flags) { return (flags & O_ACCMODE) != O_WRONLY; }

static bool is_temporary(int flags) { return (flags & O_TMPFILE) == O_TMPFILE; }

static bool is_refused(const struct opening *at, const struct place *place) {
    const char *asked = at->scratch->asked;
    return (reads(at->flags) && judge_refuses(at->call, place, asked, FILE_READ, at->scratch)) ||
           (writes(at->flags) && judge_refuses(at->call, place, asked, FILE_WRITE, at->scratch));
}

/* Opens first and looks at what came of it: only what lies in /proc is anybody's business. */
static long open_and_look(const struct opening *at) {
    long fd = SYSTEM(openat, at->folder, path_of(at->call), at->flags, at->mode);
    if (fd < 0 || !judge_is_in_proc((int)fd)) return fd;
    struct scratch *scratch = scratch_take();
    struct place place = {.path = scratch->path};
    bool refused =
        place_of_descriptor(&place, (int)fd) == 0 && judge_protects(at->call, place.path, writes(at->flags), scratch);
    scratch_give(scratch);
    if (!refused) return fd;
    SYSTEM(close, fd);
    return -EACCES;
}

static long judge_existing(const struct opening *at, const struct place *place) {
    struct stat status;
    if (at->flags & O_CREAT && at->flags & O_EXCL && !is_temporary(at->flags)) return -EEXIST;
    if (file_status(place->fd, &status) == 0 && S_ISLNK(status.st_mode))
        return at->flags & O_DIRECTORY ? -ENOTDIR : -ELOOP;
    if (is_refused(at, place)) return -EACCES;
    return at->flags & O_CREAT && place->is_folder ? -EISDIR : 0;
}

/* What was looked up is what is opened, whatever has happened to its name since. A FIFO may wait for its other end
 * here, so nothing is held that others need. */
static long open_existing(const struct opening *at, struct place *place) {
    char link[FILE_LINK];
    place_move_up(place);
    file_link(place->fd, link);
    return SYSTEM(openat, AT_FDCWD, link, at->flags & ~(O_CREAT | O_EXCL | O_NOFOLLOW), at->mode);
}

/* -EEXIST without O_EXCL: the entry has come to be meanwhile, so that it must be looked up anew. */
static long open_new(const struct opening *at, struct place *place) {
    if (is_refused(at, place)) return -EACCES;
    place_move_up(place);
    return SYSTEM(openat, place->fd, place->name, at->flags | O_EXCL | O_NOFOLLOW, at->mode);
}

/* `exists`: 0 means that what was found may be opened. */
static long look(const struct opening *at, struct place *place, bool *exists) {
    char *asked = at->scratch->asked;
    bool follows = !(at->flags & O_NOFOLLOW) && !(at->flags & O_CREAT && at->flags & O_EXCL);
    long result = file_copy_path(path_of(at->call), asked, sizeof at->scratch->asked);
    if (result >= 0)
        result = result ? place_find(place, at->folder, asked, follows ? PLACE_FILE : PLACE_NOFOLLOW) : -ENOENT;
    *exists = result == 0;
    if (*exists) return judge_existing(at, place);
    if (result != -ENOENT || !asked[0] || !(at->flags & O_CREAT)) return result;
    if (asked[strlen(asked) - 1] == '/') return -EISDIR;
    result = place_find(place, at->folder, asked, PLACE_ENTRY);
    return result ? result : open_new(at, place);
}

static long try_to_open(const struct opening *at) {
    struct opening opening = *at;
    bool exists;
    opening.scratch = scratch_take();
    struct place place = {.fd = -1, .path = opening.scratch->path};
    long result = look(&opening, &place, &exists);
    scratch_give(opening.scratch);
    if (exists && !result) result = open_existing(at, &place);
    place_close(&place);
    return result;
}

static long look_and_open(const struct opening *at) {
    for (int tries = 0; tries < TRIES; tries++) {
        long result = try_to_open(at);
        if (result != -EEXIST || at->flags & O_EXCL) return result;
    }
    return -ELOOP; /* a link to nothing, or a name that comes and goes */
}

enum verdict open_decide(struct call *call) {
    const struct file_rules *rules = &state_policy()->files;
    struct opening opening = read_call(call);
    int flags = opening.flags;
    if (flags & O_PATH) return CALL_GOES_ON; /* gives nothing that would not be asked for again */
    bool is_judged =
        rules->effect != EFFECT_DISABLE && (writes(flags) || rules->effect == EFFECT_LEARN || rules->limits_reading);
    const struct plain plain = {.asked = path_of(call),
                                .folder = opening.folder,
                                .flags = flags,
                                .mode = opening.mode,
                                .reads = is_judged && reads(flags),
                                .writes = is_judged && writes(flags)};
    long result;
    if (rules->effect == EFFECT_LEARN || is_temporary(flags) || !plain_open(&plain, &result))
        result = is_judged ? look_and_open(&opening) : open_and_look(&opening);
    return call_answer(call, result);
}
