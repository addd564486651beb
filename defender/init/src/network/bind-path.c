#include "bind-path.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "behalf.h"
#include "files.h"
#include "target.h"

/* A path is made as the thread would make it: below its current folder, with its mask for modes. */
static int bind_as_thread(pid_t thread, int socket, const struct socket_address *address) {
    int folder = -1, own_folder = -1;
    if (address->local.sun_path[0] != '/') {
        folder = target_open(thread, AT_FDCWD, "", true);
        own_folder = open(".", O_PATH | O_CLOEXEC);
        if (folder < 0 || own_folder < 0 || fchdir(folder) != 0) return errno = ENOENT, -1;
    }
    mode_t mask = umask(target_umask(thread));
    int result = bind(socket, &address->any, address->length), error = errno;
    umask(mask);
    if (own_folder >= 0 && fchdir(own_folder) != 0) _exit(1);
    if (own_folder >= 0) close(own_folder);
    if (folder >= 0) close(folder);
    errno = error;
    return result;
}

/* In the folder that was checked, whatever its path leads to by now; so the socket knows itself by another name. */
static int bind_in_folder(pid_t thread, int socket, const struct found *entry) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", entry->fd, entry->name);
    if (length >= (int)sizeof address.sun_path) return errno = ENAMETOOLONG, -1;
    if (!behalf_begin(thread, true)) return errno = EACCES, -1;
    int result = bind(socket, (const struct sockaddr *)&address, sizeof address), error = errno;
    behalf_end();
    errno = error;
    return result;
}

static void decide_as_file(const struct request *request, const struct policy *policy, int socket,
                           const struct socket_address *address) {
    struct file_paths *paths = &file_paths[0];
    struct found entry = {.path = paths->resolved};
    size_t room = address->length - offsetof(struct sockaddr_un, sun_path);
    snprintf(paths->requested, sizeof paths->requested, "%.*s", (int)room, address->local.sun_path);
    int result = file_lookup(request->thread, AT_FDCWD, paths->requested, LOOKUP_ENTRY, &entry);
    if (result) {
        answer_refuse(request, -result);
        return;
    }
    struct file_use use = {.requested = paths->requested, .found = &entry};
    if (!file_use_apply(request, policy, &use, FILE_WRITE)) {
        /* was answered */
    } else if (policy->files.effect == EFFECT_PREVENT && socket >= 0) {
        answer_result(request, bind_in_folder(request->thread, socket, &entry));
    } else {
        answer_continue(request);
    }
    close(entry.fd);
}

void bind_path_decide(const struct request *request, const struct policy *policy, int socket,
                      const struct socket_address *address) {
    if (!answer_is_awaited(request)) return;
    if (policy->files.effect != EFFECT_DISABLE) {
        decide_as_file(request, policy, socket, address);
    } else if (policy->network.effect == EFFECT_PREVENT) {
        answer_result(request, bind_as_thread(request->thread, socket, address));
    } else {
        answer_continue(request);
    }
}

void bind_path_judge(const struct request *request, const struct policy *policy) {
    const uint64_t *args = (const uint64_t *)request->notification.data.args;
    struct socket_address address;
    int error = socket_address_read(request->thread, args[1], (uint32_t)args[2], &address);
    if (error) {
        answer_refuse(request, error);
    } else if (socket_address_has_path(&address)) {
        decide_as_file(request, policy, -1, &address);
    } else {
        answer_continue(request);
    }
}
