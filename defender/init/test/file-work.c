/* Does what programs do with files below the folder of its argument, and prints what came of each step: the same lines
 * are expected with and without a guard. */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

#if defined(__x86_64__)
enum { LARGE_FILE = 0100000 };
#elif defined(__aarch64__)
enum { LARGE_FILE = 0400000 };
#endif

static void say(const char *what, long result) { printf("%s %s\n", what, result < 0 ? strerrorname_np(errno) : "ok"); }

/* Programs put a file in the place of a descriptor by closing that first. */
static void say_lowest(const char *what, const char *path, int flags) {
    int lowest = dup(1), fd;
    close(lowest);
    fd = open(path, flags, 0600);
    printf("%s lowest %d\n", what, fd == lowest);
    close(fd);
}

static void show_mode(const char *what, const char *path) {
    struct stat status;
    int result = lstat(path, &status);
    printf("%s %o %ld\n", what, result ? 0 : status.st_mode, result ? -1L : (long)status.st_size);
}

static int make(const char *path, int flags, mode_t mode) {
    int fd = open(path, flags, mode);
    say(path, fd);
    if (fd >= 0 && (flags & O_ACCMODE) != O_RDONLY) say("  write", write(fd, "text", 4));
    if (fd >= 0) printf("  flags %o\n", fcntl(fd, F_GETFL) & ~O_ACCMODE & (O_APPEND | O_NONBLOCK));
    if (fd >= 0) printf("  on exec %d\n", fcntl(fd, F_GETFD) & FD_CLOEXEC);
    if (fd >= 0) close(fd);
    return fd;
}

static void fill(const char *folder, const char *path, const char *text) {
    mkdir(folder, 0700);
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    if (write(fd, text, 1) != 1) perror(path);
    close(fd);
}

static void lead(const char *link, const char *target) {
    unlink(link);
    say(link, symlink(target, link));
}

/* Twice, since who found a link before may know it. */
static void show_twice(const char *path) {
    for (int i = 0; i < 2; i++) {
        char byte = '-';
        int fd = open(path, O_RDONLY);
        say(path, fd);
        printf("  %d", (int)read(fd, &byte, 1));
        printf(" %c\n", byte);
        close(fd);
    }
}

/* Where a link led before says nothing about where it leads now. */
static void follow_changing_links(const char *here) {
    char target[PATH_MAX];
    fill("a", "a/file", "a");
    fill("b", "b/file", "b");
    lead("to", "a");
    show_twice("to/file");
    lead("to", "b");
    show_twice("to/file");
    lead("to", "to");
    show_twice("to/file");
    unlink("to");
    fill("to", "to/file", "c");
    show_twice("to/file");
    snprintf(target, sizeof target, "%s/b", here);
    lead("absolute", target);
    show_twice("absolute/file");
    rename("b", "c");
    lead("b", "a");
    show_twice("absolute/file");
    lead("process", "/proc");
    show_twice("process");
    show_twice("process/self/mounts");
    /* The folder that a link lies in comes to be another one, with the same link. */
    for (int i = 0; i < 2; i++) {
        const char *folder = i ? "second" : "first";
        mkdir(folder, 0700);
        if (chdir(folder) != 0) perror(folder);
        fill("below", "below/file", i ? "2" : "1");
        fill("inner", "inner/own", i ? "4" : "3");
        lead("inner/to", "../below");
        lead("to", "below");
        if (chdir("..") != 0) perror("..");
    }
    mkdir("folder-of-links", 0700);
    rename("first", "folder-of-links/first");
    show_twice("folder-of-links/first/to/file");
    show_twice("folder-of-links/first/inner/to/file");
    rename("folder-of-links/first", "first");
    lead("folder-of-links/first", "../second");
    show_twice("folder-of-links/first/to/file");
    show_twice("folder-of-links/first/inner/to/file");
}

int main(int argc, char **argv) {
    char here[PATH_MAX];
    if (argc < 2 || chdir(argv[1]) != 0) return 64;
    setvbuf(stdout, NULL, _IOLBF, 0);
    umask(027);
    make("new", O_CREAT | O_WRONLY | O_TRUNC, 0666);
    show_mode("mode of new", "new");
    make("new", O_CREAT | O_EXCL | O_WRONLY, 0666);
    make("new", O_WRONLY | O_APPEND | O_CLOEXEC, 0);
    show_mode("longer", "new");
    make("missing/new", O_CREAT | O_WRONLY, 0666);
    make("missing", O_WRONLY, 0);
    make("", O_WRONLY, 0);
    make("new/below", O_CREAT | O_WRONLY, 0666);
    make(".", O_WRONLY, 0);
    make("missing/", O_CREAT | O_WRONLY, 0666);
    say("mkdir", mkdir("folder", 0777));
    show_mode("mode of folder", "folder");
    say("mkdir again", mkdir("folder", 0777));
    say("mkdir with slash", mkdir("other/", 0700));
    say("mkdir dot", mkdir(".", 0700));
    say("symlink", symlink("new", "link"));
    make("link", O_WRONLY | O_NOFOLLOW, 0);
    make("link", O_WRONLY, 0);
    make("link", O_WRONLY | O_NOFOLLOW | O_DIRECTORY, 0);
    say("symlink to nothing", symlink("nothing", "empty"));
    make("empty", O_CREAT | O_EXCL | O_WRONLY, 0666);
    say_lowest("a file", "new", O_RDONLY);
    say_lowest("a file made", "lowest", O_CREAT | O_RDWR);
    say_lowest("by a link", "link", O_WRONLY);
    say_lowest("by a link that may make it", "link", O_CREAT | O_WRONLY);
    make("./new", O_RDONLY, 0);
    make(".//new", O_WRONLY, 0);
    make("moved/../new", O_WRONLY, 0);
    make("missing/../new", O_RDONLY, 0);
    make("new/../new", O_RDONLY, 0);
    make("new/.", O_RDONLY, 0);
    make("new/", O_RDONLY, 0);
    make("folder/../new", O_RDONLY, 0);
    make("folder/./../link", O_WRONLY, 0);
    make("folder", O_RDONLY, 0);
    make("folder", O_CREAT | O_RDONLY, 0600);
    make("folder/", O_RDONLY | O_DIRECTORY, 0);
    make("new", O_RDONLY | O_DIRECTORY, 0);
    make("set", O_CREAT | O_RDWR, 07777);
    show_mode("mode of set", "set");
    int large = open("new", O_RDONLY);
    printf("large files %d\n", !!(fcntl(large, F_GETFL) & LARGE_FILE));
    close(large);
    say("symlink to itself", symlink("loop", "loop"));
    make("loop", O_WRONLY, 0);
    say("link", link("new", "second"));
    say("link of a link", link("link", "third"));
    show_mode("third", "third");
    say("link exists", link("new", "second"));
    say("rename", rename("second", "folder/second"));
    say("rename missing", rename("missing", "folder/x"));
    say("rename folder", rename("folder", "moved"));
    say("exchange", syscall(SYS_renameat2, AT_FDCWD, "new", AT_FDCWD, "moved/second", 2));
    say("no replace", syscall(SYS_renameat2, AT_FDCWD, "new", AT_FDCWD, "moved/second", 1));
    int folder = open("moved", O_RDONLY | O_DIRECTORY);
    say("openat", close(openat(folder, "inside", O_CREAT | O_RDWR, 0600)));
    say("openat of a closed descriptor", openat(4000, "inside", O_CREAT | O_RDWR, 0600));
    say("mkdirat", mkdirat(folder, "deeper", 0755));
    say("mkfifo", mkfifoat(folder, "pipe", 0600));
    int pipe = openat(folder, "pipe", O_RDWR);
    say("open pipe", pipe);
    printf("pipe blocks %d\n", !(fcntl(pipe, F_GETFL) & O_NONBLOCK));
    say("chmod", chmod("new", 0640));
    show_mode("changed", "new");
    say("fchmodat", fchmodat(folder, "inside", 0604, 0));
    int inside = openat(folder, "inside", O_RDWR);
    say("fchmod", fchmod(inside, 0605));
    show_mode("changed", "moved/inside");
    say("chown", chown("new", getuid(), getgid()));
    say("chown to root", chown("new", 0, (gid_t)-1) == 0 && getuid() != 0 ? 0 : -(getuid() != 0));
    struct timespec times[2] = {{1000, 5}, {2000, 6}};
    struct stat status;
    say("utimensat", utimensat(folder, "inside", times, 0));
    fstat(inside, &status);
    printf("times %ld %ld\n", (long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    say("futimens", futimens(inside, NULL));
    say("truncate", truncate("new", 100));
    show_mode("truncated", "new");
    say("ftruncate", ftruncate(inside, 7));
    say("setxattr", setxattr("new", "user.test", "value", 5, 0) == 0 || errno == ENOTSUP ? 0 : -1);
    int temporary = open(".", O_TMPFILE | O_RDWR, 0600);
    say("temporary", temporary);
    snprintf(here, sizeof here, "/proc/self/fd/%d", temporary);
    say("give it a name", linkat(AT_FDCWD, here, AT_FDCWD, "named", AT_SYMLINK_FOLLOW));
    show_mode("named", "named");
    int again = open(here, O_RDWR);
    say("open it again", again);
    say("dev null", close(open("/dev/null", O_WRONLY)));
    say("stdout again", close(open("/dev/stdout", O_WRONLY)));
    say("unlink a folder", unlink("moved"));
    say("rmdir full", rmdir("moved"));
    say("unlinkat", unlinkat(folder, "inside", 0));
    say("rmdir", unlinkat(folder, "deeper", AT_REMOVEDIR));
    say("unlink", unlink("new"));
    say("unlink missing", unlink("new"));
    say("bad pointer", open((const char *)8, O_WRONLY));
    char longest[PATH_MAX + 10];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    say("too long", open(longest, O_WRONLY));
    say("name too long", mkdir(longest + PATH_MAX - 300, 0700));
    follow_changing_links(argv[1]);
    say("chdir up", chdir(".."));
    return 0;
}
