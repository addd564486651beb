/* For each line of stdin, `command PROGRAM ARGUMENTS…` or `pool NAME PORT` with tabs between the words, prints why it
 * looks like a miner's, or `no`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "miner.h"

int main(void) {
    static char line[1 << 16];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        char *words = strchr(line, '\t') + 1, *rest = strchr(words, '\t');
        *rest++ = '\0';
        if (strncmp(line, "pool", 4) == 0) {
            puts(looks_like_mining_pool(words, (uint16_t)atoi(rest)) ? "pool" : "no");
            continue;
        }
        /* In memory of its own with that exact size, so that a read beyond the end is seen. */
        size_t length = strlen(rest) + 1;
        char *arguments = memcpy(malloc(length), rest, length);
        for (size_t i = 0; i < length; i++)
            if (arguments[i] == '\t') arguments[i] = '\0';
        const char *reason = miner_in_command(span_of(words), (struct span){(const uint8_t *)arguments, length});
        puts(reason ? reason : "no");
        free(arguments);
    }
}
