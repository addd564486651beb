#include "exec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "learn.h"
#include "library.h"
#include "memory.h"
#include "program.h"
#include "start.h"
#include "surroundings.h"
#include "verdict.h"
#include "verify.h"

enum { EXECVE_CHECK = 0x10000 /* AT_EXECVE_CHECK, Linux 6.14: asks, and starts nothing */ };
enum { MAX_COMMAND_LINE = 8 * MEMORY_PAGE };

/* Large, and one at a time: static and on pages of their own, which are given back when execs cease. */
static _Alignas(MEMORY_PAGE) struct {
    char asked[PATH_MAX];
    char path[PATH_MAX];
    char caller[PATH_MAX];
    char arguments[MAX_COMMAND_LINE];
} buffers;

/* One exec as it was asked for. */
struct exec {
    struct access access; /* first, so that it leads to the rest */
    const struct request *request;
    int folder;
    int flags;
    const char *asked;
    struct file_identity file;
    struct program program;
    const char *path;      /* resolved; empty when nothing could be found out */
    struct span arguments; /* argv[0] first, each with its NUL */
    bool has_all_arguments;
};

static bool has_decided;
static bool verification_failed;

bool exec_has_settled(void) { return has_decided && verify_has_settled(); }

bool exec_can_verify(void) { return !verification_failed; }

bool exec_hides_secrets(void) { return !verification_failed && verify_hides_secrets(); }

void exec_release_memory(void) { memory_release(buffers); }

static void describe(const struct access *access, struct json *json) {
    const struct exec *at = (const struct exec *)access;
    json_bytes(json, "path", at->path, strlen(at->path), 512);
    json_bytes(json, "requested", at->asked, strlen(at->asked), 512);
    arguments_describe(at->arguments, json);
    if (at->program.is_script)
        json_bytes(json, "script", at->program.interpreter, strlen(at->program.interpreter), 200);
}

static void read_call(struct exec *at, const struct request *request) {
    const uint64_t *args = (const uint64_t *)request->notification.data.args;
    bool is_at = request->call->kind == CALL_EXECVEAT;
    at->access = (struct access){.type = "process",
                                 .kind = "process",
                                 .attempt = "tried to start",
                                 .deed = "started",
                                 .error = EPERM,
                                 .describe = describe};
    at->request = request;
    at->folder = is_at ? (int)args[0] : AT_FDCWD;
    at->flags = is_at ? (int)args[4] : 0;
    at->file = (struct file_identity){0, 0};
    at->program = (struct program){.is_script = false};
    at->arguments = (struct span){NULL, 0};
    at->asked = buffers.asked;
    at->path = buffers.path;
    buffers.path[0] = '\0';
    if (target_read_string(request->thread, args[is_at ? 1 : 0], buffers.asked, sizeof buffers.asked) < 0)
        buffers.asked[0] = '\0';
}

static bool read_arguments(struct exec *at) {
    const struct seccomp_data *data = &at->request->notification.data;
    uint64_t argv = data->args[at->request->call->kind == CALL_EXECVEAT ? 2 : 1];
    ssize_t length = arguments_read(at->request->thread, argv, call_is_compat(data) ? 4 : 8, buffers.arguments,
                                    sizeof buffers.arguments, &at->has_all_arguments);
    at->arguments = (struct span){(const uint8_t *)buffers.arguments, length > 0 ? (size_t)length : 0};
    return length >= 0;
}

/* Finds out which file is meant and what will run. Returns an errno with which the kernel would refuse it as well, or
 * 0; a reason without an errno is what the policy can't accept. */
static int resolve(struct exec *at) {
    if (!at->asked[0] && !(at->flags & AT_EMPTY_PATH)) {
        at->access.reason = "its path could not be read";
        return 0;
    }
    int fd = target_open(at->request->thread, at->folder, at->asked, !(at->flags & AT_SYMLINK_NOFOLLOW));
    if (fd < 0) return -fd;
    struct stat status;
    int error = fstat(fd, &status) != 0                                ? errno
                : S_ISLNK(status.st_mode)                              ? ELOOP
                : !S_ISREG(status.st_mode) || !(status.st_mode & 0111) ? EACCES
                                                                       : 0;
    if (!error) {
        at->file = (struct file_identity){status.st_dev, status.st_ino};
        if (!name_of_file(fd, &at->file, buffers.path)) {
            at->access.reason =
                "the file has no path that the init can see (it is in memory only, deleted, or behind a mount)";
        } else {
            error = program_inspect(fd, &at->file, &at->program);
        }
    }
    close(fd);
    return error;
}

/* What the kernel will give a script's interpreter as the script's name (fs/exec.c, alloc_bprm). */
static void script_name(const struct exec *at, char *name, size_t size) {
    if (at->asked[0] == '/' || at->folder == AT_FDCWD) {
        snprintf(name, size, "%s", at->asked);
    } else {
        snprintf(name, size, at->asked[0] ? "/dev/fd/%d/%s" : "/dev/fd/%d", at->folder, at->asked);
    }
}

static void refuse(struct exec *at, const char *reason) {
    at->access.reason = reason;
    verdict_refuse(at->request, &at->access);
}

/* What the kernel will make of it: a script's name follows the words of its first line, in place of argv[0]. */
static void expect(const struct exec *at, struct expected *expected) {
    char script[PATH_MAX + 32];
    struct span arguments = at->arguments;
    br_sha256_context context;
    br_sha256_init(&context);
    expected->binary = at->program.binary;
    expected->line.whole = at->has_all_arguments;
    if (at->program.is_script) {
        script_name(at, script, sizeof script);
        size_t words = at->program.words_length, name = strlen(script) + 1;
        br_sha256_update(&context, at->program.words, words);
        br_sha256_update(&context, script, name);
        expected->line.length += (uint32_t)(words + name);
        size_t first = strnlen((const char *)arguments.bytes, arguments.length) + 1;
        arguments = first < arguments.length ? span_after(arguments, first) : span_of("");
    } else if (!arguments.length) {
        arguments = (struct span){(const uint8_t *)"", 1}; /* Linux 5.18 and newer give it an empty argv[0] */
    }
    br_sha256_update(&context, arguments.bytes, arguments.length);
    br_sha256_out(&context, expected->line.digest);
    expected->line.length += (uint32_t)arguments.length;
}

static void let_go(struct exec *at, const struct policy *policy, bool of_start) {
    if (at->flags & EXECVE_CHECK) {
        answer_continue(at->request);
        return;
    }
    pid_t thread = at->request->thread;
    bool prevent = policy->process.effect == EFFECT_PREVENT, has_secrets = policy->secrets.count;
    bool with_library = library_is_open() && at->program.has_loader && policy->network.effect == EFFECT_PREVENT;
    bool verify = prevent || with_library || policy->files.effect == EFFECT_PREVENT;
    if (prevent && at->program.is_script && !of_start && !target_path_is_firm(thread, at->asked, at->path)) {
        refuse(at, "its interpreter opens a script again, so only an absolute path is allowed whose symlinks the "
                   "function can't change");
        return;
    }
    if (verify || has_secrets || of_start) {
        struct expected expected = {.of_start = of_start, .checked = verify, .with_library = with_library};
        if (verify) expect(at, &expected);
        int error = verify_begin(thread, &expected);
        if (error == -EPERM && of_start) {
            verification_failed =
                true; /* nobody but the package decides what starts first, so there is nothing to race with */
        } else if (error && (verify || (has_secrets && !verification_failed))) {
            refuse(at, "what runs could not be verified (ptrace), so it was not started");
            return;
        }
    }
    if (of_start) start_continue(thread, &at->program.binary, at->program.is_script);
    if (!answer_continue(at->request)) verify_cancel(thread);
}

/* A literal also names the file that it leads to through symlinks at this moment. */
static bool is_same_file(const void *context, struct span literal) {
    const struct file_identity *file = context;
    char path[PATH_MAX];
    struct stat named;
    snprintf(path, sizeof path, "%.*s", (int)literal.length, (const char *)literal.bytes);
    return stat(path, &named) == 0 && named.st_dev == file->device && named.st_ino == file->inode;
}

/* An argument that was cut must not look like the last one. */
static struct span arguments_to_match(const struct exec *at) {
    struct span arguments = at->arguments;
    if (!at->has_all_arguments && !arguments.bytes[arguments.length - 1]) arguments.length--;
    return arguments;
}

/* Those behind argv[0], which is the caller's to choose. */
static struct span arguments_to_learn(const struct exec *at) {
    struct span arguments = at->arguments;
    if (!at->has_all_arguments || !arguments.length) return (struct span){NULL, 0};
    size_t first = strnlen((const char *)arguments.bytes, arguments.length) + 1;
    return first <= arguments.length ? span_after(arguments, first) : (struct span){NULL, 0};
}

/* Finds out what the policy has against it, and returns the effect that this has. */
static enum effect judge(struct exec *at, const struct process_rules *rules) {
    enum effect effect;
    struct file_identity parent;
    struct process_start start = {.path = span_of(at->path),
                                  .arguments = arguments_to_match(at),
                                  .is_same_file = is_same_file,
                                  .file = &at->file,
                                  .parent_file = &parent,
                                  .trouble = at->access.reason};
    if (rules->uses_parents && target_executable_name(at->request->thread, &parent, buffers.caller))
        start.parent = span_of(buffers.caller);
    at->access.reason = process_rules_judge(rules, &surroundings.variables, &start, &effect);
    return effect;
}

/* Where the network is held by the library, a program that can't have it runs only if an entry names it. The runtime
 * runs in any case, but only one that is named so leaves what it starts to the library. */
static bool library_lets_run(struct exec *at, const struct policy *policy, bool of_start) {
    enum effect effect = policy->network.effect;
    if (!library_is_open() || at->program.has_loader || effect == EFFECT_DISABLE || effect == EFFECT_LEARN) return true;
    const struct process_start start = {.path = span_of(at->path), .is_same_file = is_same_file, .file = &at->file};
    bool is_named = process_rules_name(&policy->process, &start);
    if (of_start) {
        if (is_named) library_spare(at->request->thread);
        return true;
    }
    if (effect == EFFECT_PREVENT && is_named) effect = EFFECT_ALERT;
    at->access.allowed = false;
    at->access.reason =
        effect == EFFECT_PREVENT
            ? "it is static or has a loader of its own, so the guard of the network can't go with it; only "
              "an entry that names it without wildcards allows that"
            : "it is static or has a loader of its own, so its network is not guarded";
    return verdict_apply(at->request, effect, &at->access);
}

/* The interpreter of a script is executed, too. */
static bool files_let_run(const struct exec *at, const struct policy *policy) {
    const struct program *program = &at->program;
    return files_let_execute(at->request, policy, at->path, at->asked) &&
           (!program->is_script || files_let_execute(at->request, policy, program->binary_path, program->interpreter));
}

/* The kernel opens what it runs for reading, so where Landlock holds the rules for reading they have to name it. */
static void learn_reading(const struct exec *at) {
    learn_access(&(struct access){.kind = "read", .value = at->path});
    if (at->program.is_script) learn_access(&(struct access){.kind = "read", .value = at->program.binary_path});
}

void exec_decide(const struct request *request, const struct policy *policy) {
    struct exec exec;
    const struct process_rules *rules = &policy->process;
    if (rules->effect == EFFECT_DISABLE && policy->files.effect == EFFECT_DISABLE && !policy->secrets.count &&
        !library_is_open()) {
        answer_continue(request);
        return;
    }
    has_decided = true;
    read_call(&exec, request);
    int error = resolve(&exec);
    if (error && !target_sees_same_files(request->thread)) {
        exec.access.reason = "its caller has another root or other mounts than the init, which does not find the file";
    } else if (error) {
        answer_refuse(request, error);
        return;
    }
    if (!read_arguments(&exec) && !exec.access.reason) exec.access.reason = "its arguments could not be read";
    bool of_start = !exec.access.reason && start_includes(request->thread, &exec.file);
    enum effect effect = of_start ? rules->effect : judge(&exec, rules);
    exec.access.allowed = !exec.access.reason;
    exec.access.value = exec.path[0] ? exec.path : exec.asked[0] ? exec.asked : "a program";
    exec.access.arguments = arguments_to_learn(&exec);
    bool goes_ahead = (of_start || verdict_apply(request, effect, &exec.access)) &&
                      library_lets_run(&exec, policy, of_start) && (of_start || files_let_run(&exec, policy));
    if (goes_ahead && exec.path[0] && policy->files.effect == EFFECT_LEARN) learn_reading(&exec);
    if (goes_ahead) let_go(&exec, policy, of_start);
}
