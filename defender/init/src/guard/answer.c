#include "answer.h"

#include <errno.h>
#include <sys/ioctl.h>

#include "audit.h"

static bool respond(const struct request *request, int64_t value, int error, uint32_t flags) {
    struct seccomp_notif_resp response = {
        .id = request->notification.id, .val = value, .error = -error, .flags = flags};
    return ioctl(request->listener, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
}

/* Only what the init itself opened runs out here. */
bool answer_refuse(const struct request *request, int error) {
    if (error == EMFILE || error == ENFILE)
        audit_defender("the init has no descriptors left: it refused what it could not look at");
    return respond(request, 0, error, 0);
}

bool answer_value(const struct request *request, int64_t value) { return respond(request, value, 0, 0); }

bool answer_result(const struct request *request, int64_t result) {
    return result < 0 ? answer_refuse(request, errno) : answer_value(request, result);
}

bool answer_continue(const struct request *request) { return respond(request, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE); }

bool answer_descriptor(const struct request *request, int fd, int flags) {
    struct seccomp_notif_addfd addition = {.id = request->notification.id,
                                           .flags = SECCOMP_ADDFD_FLAG_SEND, /* Linux 5.14 */
                                           .srcfd = (uint32_t)fd,
                                           .newfd_flags = (uint32_t)flags};
    if (ioctl(request->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &addition) >= 0) return true;
    return respond(request, 0, errno, 0); /* the thread has no number left for it (EMFILE), and still waits */
}

bool answer_is_awaited(const struct request *request) {
    return ioctl(request->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &request->notification.id) == 0;
}
