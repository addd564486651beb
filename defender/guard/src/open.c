#include "open.h"

#include <errno.h>
#include <fcntl.h>

#include "file.h"
#include "judge.h"
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

static bool is_refused(const struct opening *at, const struct place *place) {
    const char *asked = at->scratch->asked;
    return ((at->flags & O_ACCMODE) != O_WRONLY && judge_refuses(at->call, place, asked, FILE_READ, at->scratch)) ||
           (writes(at->flags) && judge_refuses(at->call, place, asked, FILE_WRITE, at->scratch));
}

/* Opens first and looks at what came of it, where opening alone changes nothing. */
static long open_and_look(const struct opening *at, const struct file_rules *rules) {
    long fd = SYSTEM(openat, at->folder, path_of(at->call), at->flags, at->mode);
    bool is_limited = rules->effect != EFFECT_DISABLE &&
                      (writes(at->flags) || rules->effect == EFFECT_LEARN || file_rules_limit_reading(rules));
    if (fd < 0 || (!is_limited && !judge_is_in_proc((int)fd))) return fd;
    struct scratch *scratch = scratch_take();
    struct opening looked = *at;
    struct place place = {.path = scratch->path};
    looked.scratch = scratch;
    if (file_copy_path(path_of(at->call), scratch->asked, sizeof scratch->asked) < 0) scratch->asked[0] = '\0';
    bool refused = place_of_descriptor(&place, (int)fd) == 0 && is_refused(&looked, &place);
    scratch_give(scratch);
    if (!refused) return fd;
    SYSTEM(close, fd);
    return -EACCES;
}

/* What was looked up is what is opened, whatever has happened to its name since. */
static long open_existing(const struct opening *at, const struct place *place) {
    struct stat status;
    char link[FILE_LINK];
    bool is_temporary = (at->flags & O_TMPFILE) == O_TMPFILE;
    if (at->flags & O_CREAT && at->flags & O_EXCL && !is_temporary) return -EEXIST;
    if (file_status(place->fd, &status) == 0 && S_ISLNK(status.st_mode)) return -ELOOP;
    if (is_refused(at, place)) return -EACCES;
    file_link(place->fd, link);
    return SYSTEM(openat, AT_FDCWD, link, at->flags & ~(O_CREAT | O_EXCL | O_NOFOLLOW), at->mode);
}

/* -EEXIST without O_EXCL: the entry has come to be meanwhile, so that it must be looked up anew. */
static long open_new(const struct opening *at, const struct place *place) {
    if (is_refused(at, place)) return -EACCES;
    return SYSTEM(openat, place->fd, place->name, at->flags | O_EXCL | O_NOFOLLOW, at->mode);
}

static long try_to_open(const struct opening *at) {
    struct place place = {.path = at->scratch->path};
    char *asked = at->scratch->asked;
    bool follows = !(at->flags & O_NOFOLLOW) && !(at->flags & O_CREAT && at->flags & O_EXCL);
    long result = asked[0] ? place_find(&place, at->folder, asked, follows ? PLACE_FILE : PLACE_NOFOLLOW) : -ENOENT;
    if (result == 0) {
        result = open_existing(at, &place);
    } else if (result == -ENOENT && asked[0] && at->flags & O_CREAT) {
        bool as_folder = asked[strlen(asked) - 1] == '/';
        result = as_folder ? -EISDIR : place_find(&place, at->folder, asked, PLACE_ENTRY);
        if (result == 0) result = open_new(at, &place);
    }
    place_close(&place);
    return result;
}

static long look_and_open(const struct opening *at) {
    struct opening opening = *at;
    opening.scratch = scratch_take();
    long result = file_copy_path(path_of(at->call), opening.scratch->asked, sizeof opening.scratch->asked);
    for (int tries = 0; result >= 0 && tries < TRIES; tries++) {
        result = try_to_open(&opening);
        if (result != -EEXIST || at->flags & O_EXCL) break;
        result = tries + 1 < TRIES ? 0 : -ELOOP; /* a link to nothing, or a name that comes and goes */
    }
    scratch_give(opening.scratch);
    return result;
}

enum verdict open_decide(struct call *call) {
    const struct file_rules *rules = &state_policy()->files;
    struct opening opening = read_call(call);
    if (opening.flags & O_PATH) return CALL_GOES_ON; /* gives nothing that would not be asked for again */
    bool changes = opening.flags & (O_CREAT | O_TRUNC) && rules->effect != EFFECT_DISABLE;
    return call_answer(call, changes ? look_and_open(&opening) : open_and_look(&opening, rules));
}
