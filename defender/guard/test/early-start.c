/* Starts PROGRAM before any constructor runs: while the loader finds out where a function of its own is. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static int failure;

static int what_came_of_it(void) { return failure; }

static int (*choose(void))(void) {
    char *arguments[] = {PROGRAM, NULL};
    execve(PROGRAM, arguments, NULL);
    failure = errno;
    return what_came_of_it;
}

int start(void) __attribute__((ifunc("choose")));

int main(void) {
    printf("RESULT %d\n", start());
    return 0;
}
