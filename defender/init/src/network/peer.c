#include "peer.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "redirect.h"
#include "resolver.h"
#include "surroundings.h"
#include "target.h"
#include "verdict.h"

static const char not_named[] = "no entry of the policy's unix addresses names it";

enum { DISCARD = 9, HIGHEST = 65535, MAX_DOMAIN = 253 };

/* An address as the policy and audits see it. */
struct destination {
    struct access access; /* first, so that it leads to the rest */
    const char *protocol;
    const char *address;       /* as text */
    struct span domain;        /* from which it was resolved; bytes NULL: none */
    char name[MAX_DOMAIN + 1]; /* the same with its end */
};

const char *socket_protocol(int socket) {
    int domain = 0, type = 0;
    socklen_t size = sizeof domain;
    getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &size);
    getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &size);
    if (domain == AF_UNIX) return "unix";
    if (domain == AF_NETLINK) return "netlink";
    return type == SOCK_STREAM ? "tcp" : "udp";
}

static void describe(const struct access *access, struct json *detail) {
    const struct destination *at = (const struct destination *)access;
    json_text(detail, "direction", "outbound");
    json_text(detail, "protocol", at->protocol);
    json_bytes(detail, "address", at->address, strlen(at->address), 512);
    if (access->port) json_number(detail, "port", access->port);
    if (at->domain.bytes) json_bytes(detail, "domain", at->domain.bytes, at->domain.length, 253);
}

static struct access access_to(const char *kind, const char *value) {
    return (struct access){.type = "network",
                           .kind = kind,
                           .value = value,
                           .attempt = "tried to reach",
                           .deed = "reached",
                           .error = EACCES,
                           .describe = describe};
}

/* To put addresses into order, resolvers connect UDP sockets to them and look which source address they get: to port 0
 * or their service's (glibc), 9 (Go) or 65535 (musl). */
static bool only_sorts(const struct request *request, int socket, uint16_t port) {
    return (port == DISCARD || port == HIGHEST) && request->call->kind == CALL_CONNECT &&
           strcmp(socket_protocol(socket), "udp") == 0;
}

static bool endpoint_is_allowed(const struct request *request, const struct network_rules *rules, int socket,
                                struct endpoint endpoint) {
    uint16_t port = endpoint.port;
    bool sorts = only_sorts(request, socket, port);
    if (sorts) endpoint.port = 0;
    enum network_match match = network_rules_match_endpoint(rules, &surroundings.network, resolver_names(), &endpoint);
    if (match == NETWORK_ALLOWED && rules->effect == EFFECT_PREVENT) return true;
    if (sorts && rules->effect == EFFECT_LEARN) return true; /* what it chooses then is learned */

    struct destination to;
    char address[INET6_ADDRSTRLEN];
    uint32_t cursor = 0;
    endpoint_text(&endpoint, address);
    to.access = access_to("address", address);
    to.access.allowed = match == NETWORK_ALLOWED;
    to.access.port = port;
    to.access.reason = network_match_reason(match);
    to.protocol = socket_protocol(socket);
    to.address = address;
    to.domain = names_next(resolver_names(), endpoint.address, &cursor);
    if (to.domain.bytes && to.domain.length <= MAX_DOMAIN) {
        to.access.kind = "domain";
        to.access.value = to.name;
        snprintf(to.name, sizeof to.name, "%.*s", (int)to.domain.length, (const char *)to.domain.bytes);
    }
    return verdict_apply(request, rules->effect, &to.access);
}

/* A socket that is asked for by a path. */
struct local_file {
    pid_t thread;
    const char *resolved;
};

/* Through symlinks that the function could change, an allowed path would lead to every socket. */
static bool leads_there(const void *there, struct span literal) {
    const struct local_file *file = there;
    char path[sizeof(struct sockaddr_un) + 1];
    snprintf(path, sizeof path, "%.*s", (int)literal.length, (const char *)literal.bytes);
    return target_path_is_firm(file->thread, path, file->resolved);
}

static bool judge_unix(const struct request *request, const struct network_rules *rules, const char *text, bool allowed,
                       const char *reason) {
    if (allowed && rules->effect == EFFECT_PREVENT) return true;
    struct destination to = {.protocol = "unix", .address = text, .domain = {NULL, 0}};
    to.access = access_to("unix", text);
    to.access.allowed = allowed;
    to.access.reason = reason;
    return verdict_apply(request, rules->effect, &to.access);
}

/* A name without a file: `@` and what follows the NUL. */
static bool abstract_is_allowed(const struct request *request, const struct network_rules *rules, const char *name,
                                size_t length) {
    char text[sizeof(struct sockaddr_un) + 1];
    text[0] = '@';
    memcpy(text + 1, name + 1, length - 1);
    text[length] = '\0';
    bool allowed = network_rules_match_unix(rules, (struct span){(const uint8_t *)text, length}, NULL, NULL);
    return judge_unix(request, rules, text, allowed, not_named);
}

/* The path is followed once, and then the file stays what was judged. What the kernel would refuse anyway gets the
 * kernel's error. */
static bool path_is_allowed(struct peer *peer, const struct request *request, const struct network_rules *rules,
                            const char *path) {
    char resolved[PATH_MAX];
    struct stat status;
    peer->handle = target_open(request->thread, AT_FDCWD, path, true);
    bool found = peer->handle >= 0 && fstat(peer->handle, &status) == 0;
    if (!found || !S_ISSOCK(status.st_mode)) {
        if (rules->effect != EFFECT_PREVENT) return true;
        answer_refuse(request, found ? ECONNREFUSED : peer->handle < 0 ? -peer->handle : EIO);
        return false;
    }
    struct file_identity file = {status.st_dev, status.st_ino};
    bool named = name_of_file(peer->handle, &file, resolved);
    struct local_file local_file = {request->thread, resolved};
    bool allowed = named && network_rules_match_unix(rules, span_of(resolved), leads_there, &local_file);
    if (!judge_unix(request, rules, named ? resolved : path, allowed,
                    named ? not_named : "it has no path that the init can see"))
        return false;
    struct sockaddr_un *local = &peer->address.local;
    int length = snprintf(local->sun_path, sizeof local->sun_path, "/proc/self/fd/%d", peer->handle);
    peer->address.length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)length + 1);
    return true;
}

static bool local_is_allowed(struct peer *peer, const struct request *request, const struct network_rules *rules) {
    const char *name = peer->address.local.sun_path;
    char path[sizeof peer->address.local.sun_path + 1];
    size_t length = peer->address.length - offsetof(struct sockaddr_un, sun_path);
    if (!length || length > sizeof peer->address.local.sun_path) return true; /* the kernel refuses it */
    if (!name[0]) return abstract_is_allowed(request, rules, name, length);
    snprintf(path, sizeof path, "%.*s", (int)length, name);
    return path_is_allowed(peer, request, rules, path);
}

bool peer_is_allowed(struct peer *peer, const struct request *request, const struct policy *policy, int socket) {
    struct endpoint endpoint;
    peer->handle = -1;
    peer->redirected = false;
    if (socket_address_endpoint(&peer->address, &endpoint)) {
        peer->redirected = redirect_lookup(request, socket, &peer->address);
        return peer->redirected || endpoint_is_allowed(request, &policy->network, socket, endpoint);
    }
    if (socket_address_family(&peer->address) == AF_UNIX) return local_is_allowed(peer, request, &policy->network);
    return true; /* too short, or of a family whose sockets lead nowhere but to the kernel */
}

void peer_close(struct peer *peer) {
    if (peer->handle >= 0) close(peer->handle);
}
