#include "environment.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void environment_remove(const char *name) {
    size_t length = strlen(name);
    char **to = environ;
    for (char **from = environ; *from; from++)
        if (strncmp(*from, name, length) != 0 || (*from)[length] != '=') *to++ = *from;
    *to = NULL;
}

bool environment_set(char *setting) {
    size_t length = strcspn(setting, "=") + 1, count = 0;
    bool is_there = false;
    for (; environ[count]; count++) {
        if (strncmp(environ[count], setting, length) != 0) continue;
        environ[count] = setting;
        is_there = true;
    }
    if (is_there) return true;
    size_t size = (count + 2) * sizeof *environ;
    char **larger = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (larger == MAP_FAILED) return false;
    memcpy(larger, environ, count * sizeof *environ);
    larger[count] = setting;
    environ = larger;
    return true;
}
