#include "own-program.h"

#include <fcntl.h>

#include "system.h"

static struct own_program program;
static bool known;

const struct own_program *own_program(void) {
    if (__atomic_load_n(&known, __ATOMIC_ACQUIRE)) return &program;
    long length = SYSTEM(readlinkat, AT_FDCWD, "/proc/self/exe", program.path, sizeof program.path - 1);
    program.path[length > 0 ? length : 0] = '\0';
    SYSTEM(newfstatat, AT_FDCWD, "/proc/self/exe", &program.status, 0);
    __atomic_store_n(&known, true, __ATOMIC_RELEASE); /* threads that came meanwhile wrote the same */
    return &program;
}
