/* Ways round the file section that don't race: `file-evasion WAY ARGUMENT …`. Prints GOT for each that got what is
 * forbidden. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH = 12, NAME = 200, PAGE = 4096, WAITING = 20 };

static void look(int fd) {
    char byte;
    if (fd >= 0 && read(fd, &byte, 1) == 1) puts("GOT");
}

static void read_init(void) {
    static const char *const names[] = {"maps", "environ", "auxv"};
    char path[64];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "/proc/%d/%s", getppid(), names[i]);
        look(open(path, O_RDONLY));
    }
    snprintf(path, sizeof path, "/proc/%d/mem", getppid());
    if (open(path, O_RDONLY) >= 0) puts("GOT");
}

static int make_tree(int folder, const char *top) {
    char name[NAME + 1];
    memset(name, 'd', NAME);
    name[NAME] = '\0';
    mkdirat(folder, top, 0755);
    int at = openat(folder, top, O_PATH);
    for (int i = 0; i < DEPTH; i++) {
        if (mkdirat(at, name, 0755) != 0) exit(65);
        at = openat(at, name, O_PATH);
    }
    return at;
}

/* A library whose path becomes longer than PATH_MAX when its folder is moved. */
static void map_deep(const char *folder) {
    char page[PAGE] = "";
    int base = open(folder, O_PATH), upper = make_tree(base, "upper"), lower = make_tree(base, "lower");
    int fd = openat(lower, "library", O_CREAT | O_RDWR, 0755);
    if (write(fd, page, sizeof page) != sizeof page || renameat(base, "lower", upper, "lower") != 0) exit(66);
    if (mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) != MAP_FAILED) puts("GOT");
}

/* The same for names of files: they would look as if they lay in the root. */
static void use_deep_names(const char *folder) {
    int base = open(folder, O_PATH), upper = make_tree(base, "upper"), lower = make_tree(base, "lower");
    int kept = openat(lower, "kept", O_CREAT | O_RDWR, 0644);
    if (write(kept, "x", 1) != 1 || renameat(base, "lower", upper, "lower") != 0) exit(66);
    look(openat(lower, "kept", O_RDONLY));
    if (openat(lower, "made", O_CREAT | O_RDWR, 0644) >= 0) puts("GOT");
    if (unlinkat(lower, "kept", 0) == 0) puts("GOT");
    if (fchmod(kept, 0600) == 0) puts("GOT");
}

static void *wait_for_reader(void *path) {
    close(open(path, O_CREAT | O_WRONLY, 0600));
    return NULL;
}

/* More of them than the guard library has rooms for paths. */
static void wait_at_fifos(const char *folder) {
    static char paths[WAITING][PAGE];
    pthread_t threads[WAITING];
    for (int i = 0; i < WAITING; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/fifo%d", folder, i);
        if (mkfifo(paths[i], 0600) != 0 || pthread_create(&threads[i], NULL, wait_for_reader, paths[i]) != 0) exit(68);
    }
    for (int i = 0; i < WAITING; i++) {
        int fd = open(paths[i], O_RDONLY);
        if (fd < 0) puts("GOT");
        pthread_join(threads[i], NULL);
        close(fd);
    }
}

static void open_by_handle(const char *path) {
    union {
        struct file_handle handle;
        char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
    } at = {.handle.handle_bytes = MAX_HANDLE_SZ};
    int mount;
    if (name_to_handle_at(AT_FDCWD, path, &at.handle, &mount, 0) != 0) exit(67);
    look(open_by_handle_at(open("/tmp", O_RDONLY), &at.handle, O_RDONLY));
}

int main(int argc, char **argv) {
    if (argc < 2) return 64;
    const char *way = argv[1];
    if (strcmp(way, "init") == 0) read_init();
    if (strcmp(way, "deep") == 0 && argc > 2) map_deep(argv[2]);
    if (strcmp(way, "deep-names") == 0 && argc > 2) use_deep_names(argv[2]);
    if (strcmp(way, "fifos") == 0 && argc > 2) wait_at_fifos(argv[2]);
    if (strcmp(way, "handle") == 0 && argc > 2) open_by_handle(argv[2]);
    puts("DONE");
    return 0;
}
