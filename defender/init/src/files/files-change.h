/* The calls that change the file system by a name: rename, link, unlink, mkdir, chmod … */
#ifndef RINGFENCE_FILES_CHANGE_H
#define RINGFENCE_FILES_CHANGE_H

#include "answer.h"

/* Where a call has its arguments, by watched_call.argument. `folder` is the index of the descriptor, -1 when the path
 * is taken from the working directory; `path` is -1 when the descriptor itself is meant. The second pair is for calls
 * with two names; `rest` is the first of the other arguments. */
enum change_call {
    CHANGE_UNLINK,
    CHANGE_UNLINKAT,
    CHANGE_RMDIR,
    CHANGE_MKDIR,
    CHANGE_MKDIRAT,
    CHANGE_MKNOD,
    CHANGE_MKNODAT,
    CHANGE_SYMLINK,
    CHANGE_SYMLINKAT,
    CHANGE_RENAME,
    CHANGE_RENAMEAT,
    CHANGE_LINK,
    CHANGE_LINKAT,
    CHANGE_TRUNCATE,
    CHANGE_CHMOD,
    CHANGE_FCHMOD,
    CHANGE_FCHMODAT,
    CHANGE_CHOWN,
    CHANGE_LCHOWN,
    CHANGE_FCHOWN,
    CHANGE_FCHOWNAT,
    CHANGE_UTIMENSAT,
    CHANGE_SETXATTR,
    CHANGE_LSETXATTR,
    CHANGE_FSETXATTR,
    CHANGE_REMOVEXATTR,
    CHANGE_LREMOVEXATTR,
    CHANGE_FREMOVEXATTR
};

/* Answers the request: where the policy prevents, by doing the change on behalf of the thread. */
void files_change(const struct request *request, const struct policy *policy);

#endif
