#include "surroundings.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../base/firm-path.h"
#include "command.h"

enum { DEFAULT_HTTP_PORT = 80 };

struct surroundings surroundings;

/* Where the package lies: the folder above `.ringfence/`, or the one of the init that took the name `bootstrap`. In the
 * root of a container image, the whole image would be the package: there it is the working folder. */
static void find_package(char path[static PATH_MAX]) {
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = '\0';
    for (int level = 0; level < 2; level++) {
        char *slash = strrchr(path, '/');
        if (slash) *slash = '\0';
        if (!slash || strcmp(slash + 1, "init") != 0) break;
    }
    if (!path[0] && !getcwd(path, PATH_MAX)) path[0] = '\0';
}

/* The folder of the binary that `command` leads to. */
static void find_runtime(const char *command, char path[static PATH_MAX]) {
    const char *found = command_find(command);
    char *slash = found && realpath(found, path) ? strrchr(path, '/') : NULL;
    if (slash) *slash = '\0';
    if (!slash) path[0] = '\0';
}

static void set_variable(enum variable variable, const char *path, char resolved[static PATH_MAX]) {
    if (!path || !path[0] || !realpath(path, resolved)) return;
    if (strcmp(resolved, "/") == 0) resolved[0] = '\0';
    surroundings.variables.values[variable] = span_of(resolved);
}

/* Reads `a.b.c.d:port`, `[v6]:port` or `http://…`; a name is not looked up: false, as for what is not there. */
static bool read_endpoint(const char *text, struct endpoint *endpoint) {
    char host[INET6_ADDRSTRLEN], mapped[INET6_ADDRSTRLEN + 8];
    if (!text) return false;
    if (strncmp(text, "http://", 7) == 0) text += 7;
    bool bracketed = text[0] == '[';
    text += bracketed;
    size_t length = strcspn(text, bracketed ? "]" : ":/");
    if (length >= sizeof host) return false;
    memcpy(host, text, length);
    host[length] = '\0';
    if (strcmp(host, "localhost") == 0) strcpy(host, "127.0.0.1");
    snprintf(mapped, sizeof mapped, bracketed ? "%s" : "::ffff:%s", host);
    if (inet_pton(AF_INET6, mapped, endpoint->address) != 1) return false;
    text += length + bracketed;
    endpoint->port = *text == ':' ? (uint16_t)atoi(text + 1) : DEFAULT_HTTP_PORT;
    return true;
}

static void add_service(const char *text) {
    struct network_surroundings *network = &surroundings.network;
    if (network->service_count < MAX_SERVICES && read_endpoint(text, &network->services[network->service_count]))
        network->service_count++;
}

static void add_credentials(const char *text) {
    struct network_surroundings *network = &surroundings.network;
    if (network->credential_count < MAX_CREDENTIAL_ENDPOINTS &&
        read_endpoint(text, &network->credentials[network->credential_count]))
        network->credential_count++;
}

/* Docker's is at 127.0.0.11, in the container's own network, and at another port than 53, too. At 127.0.0.1 and ::1
 * there may be servers of the function's own. */
static void add_local_resolvers(void) {
    static const uint8_t localhost[4] = {127, 0, 0, 1};
    struct network_surroundings *network = &surroundings.network;
    for (uint8_t i = 0; i < surroundings.name_servers.count; i++) {
        const struct address *server = &surroundings.name_servers.servers[i];
        if (server->size != 4 || server->bytes[0] != localhost[0] || memcmp(server->bytes, localhost, 4) == 0) continue;
        struct endpoint *resolver = &network->resolvers[network->resolver_count++];
        *resolver = (struct endpoint){.address = {[10] = 0xff, [11] = 0xff}};
        memcpy(resolver->address + 12, server->bytes, 4);
    }
}

void surroundings_read(const char *runtime, const char *runtime_api) {
    static char task[PATH_MAX], tmp[PATH_MAX], folder[PATH_MAX];
    char package[PATH_MAX], binary_folder[PATH_MAX];
    const char *task_root = getenv("LAMBDA_TASK_ROOT"), *runtime_folder = getenv("LAMBDA_RUNTIME_DIR");
    find_package(package);
    find_runtime(runtime, binary_folder);
    surroundings.variables.values[VARIABLE_NONE] = span_of("");
    set_variable(VARIABLE_TASK, task_root ? task_root : package, task);
    set_variable(VARIABLE_TMP, "/tmp", tmp);
    set_variable(VARIABLE_RUNTIME, runtime_folder ? runtime_folder : binary_folder, folder);
    add_service(runtime_api); /* the extensions API is on the same port */
    add_service(getenv("AWS_XRAY_DAEMON_ADDRESS"));
    add_credentials(getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
    add_credentials(getenv("IDENTITY_ENDPOINT"));
    name_servers_read(&surroundings.name_servers);
    add_local_resolvers();
}

/* The longest part of a pattern that can be looked up: a literal whole, of a glob the folder in front of its wildcard.
 */
static bool fixed_path(const struct pattern *pattern, char path[static MAX_LINK]) {
    size_t length = pattern_fixed_length(pattern);
    if (length < pattern->text.length)
        while (length && pattern->text.bytes[length - 1] != '/') length--;
    while (length > 1 && pattern->text.bytes[length - 1] == '/') length--;
    if (pattern->variable != VARIABLE_NONE || length < 2 || length >= MAX_LINK) return false;
    memcpy(path, pattern->text.bytes, length);
    path[length] = '\0';
    return true;
}

/* How many links were found before the function ran, which could set others since. */
static uint32_t links_at_start;
static bool started;

static void add_link(const char *name) {
    struct variables *variables = &surroundings.variables;
    char target[PATH_MAX];
    if (!realpath(name, target) || strcmp(name, target) == 0 || strlen(target) >= MAX_LINK) return;
    if (started && !path_is_firm(name, target)) return;
    for (uint32_t i = 0; i < variables->link_count; i++)
        if (strcmp(variables->links[i].name, name) == 0) return;
    if (variables->link_count == MAX_LINKS) return;
    struct link *link = &variables->links[variables->link_count++];
    strcpy(link->name, name);
    strcpy(link->target, strcmp(target, "/") == 0 ? "" : target);
}

static void follow_links(const struct pattern_list *list) {
    char path[MAX_LINK];
    struct reader reader = reader_of(list->entries);
    for (uint16_t i = 0; i < list->count; i++) {
        struct pattern pattern = read_pattern(&reader);
        if (!fixed_path(&pattern, path)) continue;
        add_link(path);
        /* A literal may be made later in a folder that is there already. */
        char *slash = strrchr(path, '/');
        if (slash == path) continue;
        *slash = '\0';
        add_link(path);
    }
}

void surroundings_follow_links(const struct policy *policy) {
    surroundings.variables.link_count = links_at_start;
    for (int access = 0; access < FILE_ACCESSES; access++) follow_links(&policy->files.deny[access]);
    follow_links(&policy->files.sealed);
    for (int access = 0; access < FILE_ACCESSES; access++) follow_links(&policy->files.allow[access]);
    if (!started) links_at_start = surroundings.variables.link_count;
    started = true;
}
