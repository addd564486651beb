#include "package-watch.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "audit.h"
#include "configuration.h"
#include "loop.h"

enum { CHANGES = IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVE | IN_DELETE_SELF | IN_MOVE_SELF };

static struct loop_source source;

static void tell(const char *name) {
    char message[400], text[600];
    struct json detail;
    json_start(&detail, text, sizeof text);
    json_open(&detail, NULL, '{');
    json_bytes(&detail, "path", name, strlen(name), 256);
    json_text(&detail, "reason", "what the init starts from next time may not be what was deployed");
    json_close(&detail, '}');
    snprintf(message, sizeof message, "policy hijacked: %.255s in the package was changed while the function ran",
             name);
    audit_emit(&(struct audit){
        .type = "tamper", .effect = EFFECT_ALERT, .action = "reported", .message = message, .detail = &detail});
}

static void on_change(struct loop_source *at, uint32_t events) {
    (void)events;
    _Alignas(struct inotify_event) char bytes[4096];
    char name[NAME_MAX + 16];
    ssize_t length = read(at->fd, bytes, sizeof bytes);
    for (ssize_t from = 0; from < length;) {
        const struct inotify_event *event = (const struct inotify_event *)(bytes + from);
        from += (ssize_t)sizeof *event + event->len;
        if (!(event->mask & CHANGES)) continue;
        snprintf(name, sizeof name, event->len ? ".ringfence/%s" : ".ringfence", event->name);
        tell(name);
    }
}

void package_watch_open(void) {
    char folder[PATH_MAX + 32];
    source = (struct loop_source){.fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC), .ready = on_change};
    if (source.fd < 0 || !configuration_folder(folder)) return;
    bool watched = inotify_add_watch(source.fd, folder, CHANGES) >= 0 && loop_add(&source, EPOLLIN);
    if (!watched) close(source.fd);
}
