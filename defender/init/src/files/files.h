/* The file section: which files guarded processes may read, change and execute. */
#ifndef RINGFENCE_FILES_H
#define RINGFENCE_FILES_H

#include "answer.h"
#include "file-lookup.h"

/* Answers the request. */
void files_decide(const struct request *request, const struct policy *policy);

/* Whether the execution of `path`, empty for a file without a name, goes ahead; else it has been told and refused. */
bool files_let_execute(const struct request *request, const struct policy *policy, const char *path,
                       const char *requested);

void files_release_memory(void);

/* What a call asks for, and how it is told. */
struct file_use {
    const char *requested;
    const struct found *found;
    bool is_folder;
};

/* Whether one use of what was found goes ahead; else it has been told and refused. */
bool file_use_apply(const struct request *request, const struct policy *policy, const struct file_use *use,
                    enum file_access access);

/* The same with a judgement of the caller's: `reason` says why it is not allowed, NULL that it is. */
bool file_use_verdict(const struct request *request, const struct policy *policy, const struct file_use *use,
                      enum file_access access, const char *reason);

/* The call that is answered at the moment has these to itself. */
enum { FILE_PATHS = 2 };
struct file_paths {
    char requested[PATH_MAX];
    char resolved[PATH_MAX];
};
extern struct file_paths file_paths[FILE_PATHS];

#endif
