/* Where the guard begins: before the program's own code. With glibc when its loader has relocated this library
 * (relocated.S), or else before the code of other libraries (DF_1_INITFIRST; musl starts preloaded ones first). */
#include <errno.h>
#include <sys/socket.h>

#include "decide.h"
#include "own-program.h"
#include "patch.h"
#include "secrets.h"
#include "state.h"
#include "system.h"

enum { EXIT_UNGUARDED = 126 };

extern char **environ __attribute__((weak));
extern const char *gnu_get_libc_version(void) __attribute__((weak));
extern long *__libc_stack_end __attribute__((weak)); /* where the kernel put the arguments, by glibc's loader */

static _Noreturn void give_up(const char *why) {
    static const char start[] = "ringfence: the guard does not work in this process, which therefore ends: ";
    SYSTEM(write, 2, start, sizeof start - 1);
    SYSTEM(write, 2, why, strlen(why));
    SYSTEM(write, 2, "\n", 1);
    for (;;) SYSTEM(exit_group, EXIT_UNGUARDED);
}

/* The init counts on the main process's, and prepares the C library's code at the first of a further one. */
static void say_hello(const struct patched *patched) {
    struct library_record hello = {
        .type = RECORD_HELLO, .process = state.process, .sites = patched->sites, .missed = patched->missed};
    SYSTEM(sendto, state.audit_fd, &hello, sizeof hello, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* What all others leave until they need it. Their environment comes from a guarded process, and has no secrets. */
static void prepare_main(char **environment) {
    const struct policy *policy = state_policy();
    if (!policy) give_up("the policy can't be read");
    secrets_hide(&policy->secrets, environment);
    own_program(); /* so that what it forks need not look */
}

/* The init may still be busy with the policy's signature. */
static void wait_for_init(void) {
    char byte;
    long length;
    do length = SYSTEM(recvfrom, state.audit_fd, &byte, sizeof byte, MSG_PEEK);
    while (length == -EINTR);
    if (length != sizeof byte) give_up("the init has ended");
}

static void start(char **environment) {
    const char *error = state_open(environment);
    if (error) give_up(error);
    decide_watch(state.share->sections, !state.share->filtered);
    struct patched patched = patch_process(environment, decide_watched());
    if (!patched.sites) give_up("none of its system calls was found");
    bool is_main = state.process == state.share->main_process;
    if (is_main) prepare_main(environment);
    if (is_main || patched.searched) say_hello(&patched);
    if (is_main) wait_for_init();
}

/* What it returns is the address of something that nobody calls. In a program that has a copy of the loader's variable
 * this is empty yet. */
void *start_when_relocated(void) {
    if (gnu_get_libc_version && &__libc_stack_end && __libc_stack_end)
        start((char **)(__libc_stack_end + *__libc_stack_end + 2)); /* behind the arguments' count, and their end */
    return NULL;
}

/* glibc hands the environment over, and sets its own variable later; musl does it the other way round. */
__attribute__((constructor)) static void start_at_last(int count, char **arguments, char **environment) {
    (void)count, (void)arguments;
    if (!state.share) start(gnu_get_libc_version ? environment : environ);
}
