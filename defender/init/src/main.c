/* The init: starts the runtime, guards it, stands between it and the Runtime API, and tells what it saw. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit.h"
#include "bearssl.h"
#include "bytes.h"
#include "configuration.h"
#include "console.h"
#include "coverage.h"
#include "environment.h"
#include "exec.h"
#include "guard.h"
#include "learn.h"
#include "library.h"
#include "loop.h"
#include "package-watch.h"
#include "patience.h"
#include "policy.h"
#include "proxy.h"
#include "resolver.h"
#include "secrets.h"
#include "signature.h"
#include "start.h"
#include "surroundings.h"
#include "verify.h"
#include "waas.h"

enum {
    COVERAGE_AFTER_MS = 20, /* what the function does first is not kept waiting by it */
    LIBRARY_LOADED_WITHIN_MS = 3000,
    EXIT_REFUSED = 1,
    MAX_RECEIVED = 64 * 1024
};

static struct configuration configuration;
static struct policy policies[2]; /* the one in force, and room for the next */
static unsigned in_force;
static bool next_is_staged;
static _Alignas(4096) uint8_t received[2][MAX_RECEIVED];
static struct guard guard;
static struct loop_timer coverage_timer;
static bool coverage_told;
static bool child_ended;
static int child_status;
static const char *policy_source;
static const char *runtime_api; /* the platform's own, which the runtime reaches through the proxy */

static struct policy *current(void) { return &policies[in_force]; }

static void tell_policy(enum effect effect, const char *action, const char *message) {
    audit_emit(&(struct audit){.type = "policy", .effect = effect, .action = action, .message = message});
}

static void open_console(void) {
    static bool opened;
    if (!opened) console_open(&configuration, current());
    opened = true;
}

/* What can't be trusted or enforced doesn't start: the platform shows this as the function's init error. */
static _Noreturn void refuse_to_start(const char *why) {
    char message[400];
    snprintf(message, sizeof message, "Ringfence did not start the function: %s", why);
    open_console();
    tell_policy(EFFECT_PREVENT, "blocked", message);
    learn_flush();
    audit_flush();
    if (guard.child > 0) kill(guard.child, SIGKILL);
    if (runtime_api) proxy_report_init_error(runtime_api, "Ringfence.Refused", message);
    dprintf(STDERR_FILENO, "ringfence: %s\n", message);
    console_finish();
    exit(EXIT_REFUSED);
}

/* SHA-256 over the parts that make a function's identity (docs/architecture.md). */
static void identify_function(uint8_t id[static br_sha256_SIZE]) {
    const struct span parts[] = {configuration.cloud, configuration.account, configuration.region, configuration.name};
    br_sha256_context context;
    br_sha256_init(&context);
    for (size_t i = 0; i < 4; i++) {
        if (i) br_sha256_update(&context, "\n", 1);
        br_sha256_update(&context, parts[i].bytes, parts[i].length);
    }
    br_sha256_out(&context, id);
}

/* Everything about a signed policy but its signature. */
static const char *read_policy(struct policy *policy, struct span signed_policy) {
    struct span compiled;
    uint8_t id[br_sha256_SIZE];
    const char *error = signed_policy_locate(signed_policy, &compiled);
    if (!error) error = policy_parse(policy, compiled);
    if (!error && policy->waas.length && !engine_accepts(policy->waas))
        error = "the policy's waas section is not one that this init's engine takes";
    if (error) return error;
    identify_function(id);
    return memcmp(id, policy->function_id, sizeof id) != 0 ? "the policy was made for another function" : NULL;
}

void policy_received(const uint8_t *bytes, size_t length) {
    char message[300];
    unsigned next = 1 - in_force;
    const char *error = length > MAX_RECEIVED ? "the policy is larger than 64 KB" : NULL;
    if (!error) {
        memcpy(received[next], bytes, length);
        struct span copy = {received[next], length};
        error = read_policy(&policies[next], copy);
        if (!error && policies[next].revision == current()->revision) return;
        if (!error && policies[next].revision < current()->revision)
            error = "the policy is older than the one in force";
        if (!error) error = signature_verify(configuration.pinned_key, copy);
    }
    next_is_staged = !error;
    if (!error) return;
    snprintf(message, sizeof message, "a policy from the Console was refused: %s", error);
    tell_policy(EFFECT_ALERT, "reported", message);
}

/* The names of the sections, with commas. */
static void list_sections(unsigned sections, char *out, size_t size) {
    out[0] = '\0';
    for (unsigned bit = 0; bit < SECTIONS; bit++)
        if (sections & 1u << bit)
            snprintf(out + strlen(out), size - strlen(out), "%s%s", out[0] ? ", " : "", section_names[bit]);
}

static void use_staged_policy(void) {
    if (!next_is_staged) return;
    next_is_staged = false;
    unsigned had = policy_sections(current());
    in_force = 1 - in_force;
    guard_use_policy(current());
    learn_use_policy(current());
    waas_use_policy(current());
    console_use_policy(current());
    policy_source = "console";
    char message[300], waiting[60];
    unsigned wanted = policy_sections(current());
    list_sections(wanted & ~guard.sections, waiting, sizeof waiting);
    snprintf(message, sizeof message, "policy revision %llu is in force%s%s%s", (unsigned long long)current()->revision,
             waiting[0] ? ", but this instance started without a guard of its " : "", waiting[0] ? waiting : "",
             waiting[0]       ? " section and stays so until its next start"
             : had && !wanted ? "; it disables the guard"
                              : "");
    tell_policy(policy_strongest_effect(current()), "reported", message);
}

static void require_library(void) {
    if (guard.by_library && !guard_check_library(&guard) && !current()->on_error_open)
        refuse_to_start(guard.library_error);
}

/* Only the first exec shows whether verification works. */
static bool is_coverage_known(void) {
    bool watches_execs = guard.filter && guard.sections & (SECTION_PROCESS | SECTION_FILES | SECTION_SECRETS);
    return !watches_execs || exec_has_settled() || child_ended;
}

static void on_coverage_timer(struct loop_timer *timer) {
    if (coverage_told) return;
    if (!is_coverage_known()) {
        loop_arm(timer, COVERAGE_AFTER_MS);
        return;
    }
    coverage_told = true;
    require_library();
    coverage_tell(&guard, current(), policy_source);
}

static void on_runtime_ready(void) {
    require_library();
    library_end_start();
    start_end();
    console_begin();
}

static void on_invocation_started(const char *request_id, size_t length) {
    use_staged_policy();
    audit_set_request(request_id, length);
}

static void on_invocation_ended(const char *request_id, size_t length) {
    (void)request_id;
    (void)length;
    audit_set_request("", 0);
    learn_invocation_ended();
}

static void reap(void) {
    int status;
    pid_t process;
    while ((process = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
        if (verify_status(process, status) || process != guard.child) continue;
        child_ended = true;
        child_status = status;
    }
}

static void on_signal(struct loop_source *source, uint32_t events) {
    (void)events;
    struct signalfd_siginfo info;
    while (read(source->fd, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGCHLD) {
            reap();
        } else if (guard.child > 0) {
            kill(guard.child, (int)info.ssi_signo);
        }
    }
}

static void watch_signals(struct loop_source *source) {
    static const int watched[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++) sigaddset(&set, watched[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    patience_open();
    engine_catch_faults();
    *source = (struct loop_source){.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK), .ready = on_signal};
    if (source->fd < 0 || !loop_add(source, EPOLLIN)) abort();
}

/* What guarded processes may have the kernel send (F_SETOWN) must not end the init. No handler may be set: musl would
 * unblock two of the three signals that its sigfillset leaves out. */
static void block_signals(void) {
    sigset_t blocked;
    memset(&blocked, 0xff, sizeof blocked);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
}

/* Otherwise audits would go into whatever the init opens first. */
static void open_standard_streams(void) {
    int fd;
    do fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0) close(fd);
}

/* A custom runtime's own entry, beside which the init took its place. */
static char **custom_entry(void) {
    static char path[PATH_MAX + 256];
    static char *arguments[2];
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    char *slash = length > 0 ? memrchr(path, '/', (size_t)length) : NULL;
    if (!slash || !configuration.original_entry.length || configuration.original_entry.length > 200) return NULL;
    snprintf(slash + 1, 256, "%.*s", (int)configuration.original_entry.length,
             (const char *)configuration.original_entry.bytes);
    arguments[0] = path;
    return arguments;
}

static void open_proxy(void) {
    static char setting[64] = "AWS_LAMBDA_RUNTIME_API=";
    static const struct proxy_hooks hooks = {on_runtime_ready, on_invocation_started, on_invocation_ended};
    char address[32];
    if (!runtime_api) return;
    if (!proxy_open(runtime_api, &hooks, address)) refuse_to_start("the proxy for the Runtime API could not be opened");
    strcat(setting, address);
    environment_set(setting);
}

static _Noreturn void end_like_child(void) {
    library_receive();
    learn_flush();
    audit_flush();
    console_finish();
    if (WIFSIGNALED(child_status)) {
        int number = WTERMSIG(child_status);
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, number);
        signal(number, SIG_DFL);
        sigprocmask(SIG_UNBLOCK, &set, NULL);
        raise(number);
        _exit(128 + number);
    }
    _exit(WEXITSTATUS(child_status));
}

int main(int argc, char **argv) {
    struct loop_source signals;
    runtime_api = getenv("AWS_LAMBDA_RUNTIME_API");
    prctl(PR_SET_DUMPABLE, 1); /* a file of mode 0111 starts undumpable; the guard looks into what is forked here */
    open_standard_streams();
    loop_open();
    watch_signals(&signals);

    const char *error = configuration_read(&configuration);
    audit_open(&configuration);
    if (!error) error = read_policy(current(), configuration.signed_policy);
    if (error) refuse_to_start(error);
    policy_source = configuration.policy_from_environment ? "environment" : "package";

    char **arguments = argc > 1 ? argv + 1 : custom_entry();
    if (!arguments) refuse_to_start("it was given no command to run, and the package names no entry of its own");
    surroundings_read(arguments[0], runtime_api);
    environment_remove("RINGFENCE_POLICY");
    package_watch_open();
    open_proxy();

    /* The child installs its filter while the signature is checked, and then waits for both. */
    guard_use_policy(current());
    learn_use_policy(current());
    waas_use_policy(current());
    if (!guard_start(&guard, arguments, policy_sections(current())))
        refuse_to_start("the process of the runtime could not be started");
    secrets_forget();
    block_signals();
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    guard_load(&guard);
    error = signature_verify(configuration.pinned_key, configuration.signed_policy);
    if (error) refuse_to_start(error);
    open_console();
    if (!runtime_api) console_begin();
    const char *missing = coverage_missing(&guard, current());
    if (missing && !current()->on_error_open) {
        char why[400];
        snprintf(why, sizeof why, "the platform does not allow the guard (%s), and the policy's onError is closed",
                 missing);
        refuse_to_start(why);
    }
    if (guard.sections & SECTION_NETWORK && !resolver_open())
        refuse_to_start("the resolver, which answers its lookups, could not be opened on loopback");
    library_use_resolver();
    guard_release(&guard);
    coverage_timer.fire = on_coverage_timer;
    loop_arm(&coverage_timer, guard.by_library ? LIBRARY_LOADED_WITHIN_MS : COVERAGE_AFTER_MS);
    while (!child_ended) {
        loop_turn(-1);
        guard_resume();
        if (library_reach().loaded || library_reach().spared) on_coverage_timer(&coverage_timer);
    }
    on_coverage_timer(&coverage_timer);
    end_like_child();
}
