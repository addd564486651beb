/* Starts the program of the first argument in each way that a C library has, and says what came of each. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void say(const char *way, pid_t child, int error) {
    int status = 0;
    if (child > 0) waitpid(child, &status, 0);
    printf("%s %s\n", way, error ? strerror(error) : WIFEXITED(status) && WEXITSTATUS(status) == 66 ? "ran" : "failed");
    fflush(stdout);
}

int main(int argc, char **argv) {
    char *arguments[] = {argc > 1 ? argv[1] : "", NULL};
    pid_t child;
    int error = posix_spawn(&child, arguments[0], NULL, NULL, arguments, environ);
    say("posix_spawn", child, error);
    error = posix_spawnp(&child, arguments[0], NULL, NULL, arguments, environ);
    say("posix_spawnp", child, error);
    child = fork();
    if (child == 0) _exit(execv(arguments[0], arguments) ? errno : 0);
    say("fork", child, 0);
    child = vfork();
    if (child == 0) _exit(execv(arguments[0], arguments) ? errno : 0);
    say("vfork", child, 0);
    child = fork();
    if (child == 0) _exit(execvp(arguments[0], arguments) ? errno : 0);
    say("execvp", child, 0);
    child = fork();
    if (child == 0) _exit((int)syscall(SYS_execve, arguments[0], arguments, environ) ? errno : 0);
    say("syscall", child, 0);
    return 0;
}
