/* Measures cold starts: start-meter ROUNDS COMMAND [ARGUMENT...]
 * A sample is the time in microseconds from the spawn of the command to the whole head of the runtime's request for its
 * first event, which is never answered. */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "wire.h"

static double start_once(int listener, char **command) {
    char request[MAX_HEAD];
    double from = now_us();
    pid_t child = vfork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execv(command[0], command);
        _exit(127);
    }
    int client = accept(listener, NULL, NULL);
    if (!read_message(client, request, sizeof request)) fail("the runtime's request");
    if (!strstr(request, "/runtime/invocation/next")) {
        fprintf(stderr, "start-meter: the runtime asked for something else:\n%s\n", request);
        exit(1);
    }
    double elapsed = now_us() - from;
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    close(client);
    return elapsed;
}

int main(int count, char **arguments) {
    if (count < 3) return 2;
    char name[32];
    int port, listener = listen_somewhere(&port);
    snprintf(name, sizeof name, "127.0.0.1:%d", port);
    setenv("AWS_LAMBDA_RUNTIME_API", name, 1);
    size_t rounds = strtoul(arguments[1], NULL, 10);
    double *samples = make_samples(rounds);
    start_once(listener, arguments + 2);
    for (size_t i = 0; i < rounds; i++) samples[i] = start_once(listener, arguments + 2);
    print_samples(samples, rounds);
    return 0;
}
