#include "plain.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>

#include "allowed-name.h"
#include "file.h"
#include "judge.h"
#include "link.h"
#include "system.h"

enum { ROOM = 256 /* lies on the stack of whoever calls */, PERMISSIONS = 07777, MOST_LINKS = 4 };

static long copy(const char *asked, char *to, char *end) {
    return end - to > 1 ? file_copy_path(asked, to, (size_t)(end - to - 1)) : -ENAMETOOLONG; /* judging adds a slash */
}

/* The absolute path, if it is plain. */
static bool name_file(int folder, const char *asked, char path[static ROOM]) {
    if (copy(asked, path, path + ROOM) <= 0) return false;
    if (path[0] != '/') {
        if (folder != AT_FDCWD) return false;
        while (asked[0] == '.' && asked[1] == '/') asked += 2;
        long length = SYSTEM(getcwd, path, ROOM) - 1; /* without its NUL */
        if (length < 1 || path[0] != '/') return false;
        if (length > 1) path[length++] = '/';
        if (copy(asked, path + length, path + ROOM) <= 0) return false;
    }
    return file_path_is_plain(path);
}

/* No such file, or a signal while a FIFO's other end was waited for, is the answer. The rest may be due to the way in
 * which it was asked for. */
static bool is_answer(long result, bool absolute) {
    return result >= 0 || result == -EINTR || (result == -ENOENT && absolute);
}

static bool is_allowed(const struct plain *plain, char *path) {
    unsigned accesses = (unsigned)plain->reads << FILE_READ | (unsigned)plain->writes << FILE_WRITE;
    if (!accesses) return true;
    const struct name_question question = name_question_of(path, (uint8_t)accesses);
    if (allowed_name_is(&question)) return true;
    bool allowed = (!plain->reads || judge_allows_name(path, FILE_READ)) &&
                   (!plain->writes || judge_allows_name(path, FILE_WRITE));
    if (allowed) allowed_name_remember(&question);
    return allowed;
}

bool plain_open(const struct plain *plain, long *result) {
    static bool absent; /* openat2: Linux 5.6 */
    char path[ROOM];
    if (__atomic_load_n(&absent, __ATOMIC_RELAXED) || !name_file(plain->folder, plain->asked, path)) return false;
    const struct open_how how = {.flags = (uint32_t)(plain->flags | O_LARGEFILE), /* as openat always adds it */
                                 .mode = plain->flags & O_CREAT ? (uint32_t)plain->mode & PERMISSIONS : 0,
                                 .resolve = RESOLVE_NO_SYMLINKS};
    bool follows = !(plain->flags & (O_NOFOLLOW | O_EXCL)); /* else the last part may have to be no symlink */
    for (int links = 0; links <= MOST_LINKS; links++) {
        enum link_step step = follows ? link_follow_known(path, ROOM - 1) : LINK_NONE;
        if (step == LINK_FOLLOWED) continue;
        if (step == LINK_UNKNOWN || !is_allowed(plain, path)) return false;
        *result = SYSTEM(openat2, AT_FDCWD, path, &how, sizeof how);
        if (*result == -ENOSYS) __atomic_store_n(&absent, true, __ATOMIC_RELAXED);
        if (*result != -ELOOP) return is_answer(*result, !links && plain->asked[0] == '/');
        if (!follows || !link_follow(path, ROOM - 1)) return false;
    }
    return false;
}
