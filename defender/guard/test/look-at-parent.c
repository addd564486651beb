/* Opens what /proc has of the parent's memory, and says with which errno. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    static const char *const files[] = {"environ", "mem"};
    for (int i = 0; i < 2; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/%s", getppid(), files[i]);
        printf("%s %d\n", files[i], open(path, O_RDONLY) < 0 ? errno : 0);
    }
    return 0;
}
