/* A busy function: worker BYTES ALLOWED DENIED
 * Each invocation starts an allowed program and tries one that is not, until the Runtime API has no more events. */
#include "run-program.h"
#include "wire.h"

int main(int count, char **arguments) {
    if (count < 4) return 2;
    struct exchange exchange = open_exchange(strtoul(arguments[1], NULL, 10));
    for (;;) {
        invoke(&exchange);
        if (run_program(arguments[2]) != 0 || run_program(arguments[3]) != DENIED) return 1;
    }
}
