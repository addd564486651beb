/* Command lines and names of hosts as a function chooses them. */
#include <stdlib.h>
#include <string.h>

#include "miner.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct span program = {bytes, size ? bytes[0] % size : 0};
    miner_in_command(program, (struct span){bytes, size});
    char *name = malloc(size + 1);
    memcpy(name, bytes, size);
    name[size] = '\0';
    looks_like_mining_pool(name, size ? (uint16_t)(bytes[0] * 257) : 0);
    free(name);
    return 0;
}
