/* The first process of the emulated machine: makes it a place for functions, runs the cases of /cases one after the
 * other as the function's user, and prints what each of them printed between a line that begins and a line that ends
 * it. A line of /cases is the case's name, the user and the command, with tabs between. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVER "server"
enum { MAX_WORDS = 16, MAX_LINE = 1024 };

static int server_output = -1;

static void add_address(int fd, const char *label, const char *address) {
    struct ifreq request = {0};
    struct sockaddr_in to = {.sin_family = AF_INET};
    inet_pton(AF_INET, address, &to.sin_addr);
    strcpy(request.ifr_name, label);
    memcpy(&request.ifr_addr, &to, sizeof to);
    if (ioctl(fd, SIOCSIFADDR, &request) != 0) perror(label);
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    if (ioctl(fd, SIOCSIFFLAGS, &request) != 0) perror(label);
}

static void open_network(void) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    add_address(fd, "lo", "127.0.0.1");
    add_address(fd, "lo:1", "192.0.2.1");
    add_address(fd, "lo:2", "198.51.100.66");
    add_address(fd, "lo:3", "169.254.169.254");
    close(fd);
}

static void make_place(void) {
    mkdir("/proc", 0755);
    mkdir("/tmp", 01777);
    if (mount("proc", "/proc", "proc", 0, NULL) != 0) perror("/proc");
    if (mount("tmpfs", "/tmp", "tmpfs", 0, "mode=1777") != 0) perror("/tmp");
    if (mount("devtmpfs", "/dev", "devtmpfs", 0, NULL) != 0) perror("/dev");
    open_network();
}

static pid_t start(uid_t user, char **command, int output) {
    static char *environment[] = {"PATH=/usr/bin:/bin", NULL};
    pid_t child = fork();
    if (child != 0) return child;
    setsid();
    int input = open("/dev/null", O_RDONLY);
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    if (setgid(user) != 0 || setuid(user) != 0) _exit(125);
    execve(command[0], command, environment);
    perror(command[0]);
    _exit(126);
}

static void print(int file) {
    char bytes[4096];
    lseek(file, 0, SEEK_SET);
    for (ssize_t got; (got = read(file, bytes, sizeof bytes)) > 0;) fwrite(bytes, 1, (size_t)got, stdout);
}

static void tell(const char *name, int output, int status) {
    printf("\nBEGIN %s\n", name);
    print(output);
    printf("\nEND %s %d\n", name, WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    fflush(stdout);
    close(output);
}

static void run_case(char *line) {
    char *words[MAX_WORDS + 1] = {NULL};
    int count = 0, status = 0;
    for (char *word = strtok(line, "\t\n"); word && count < MAX_WORDS; word = strtok(NULL, "\t\n"))
        words[count++] = word;
    if (count < 3) return;
    int output = open("/tmp", O_RDWR | O_APPEND | O_TMPFILE, 0600);
    pid_t child = start((uid_t)atoi(words[1]), words + 2, output);
    if (strcmp(words[0], SERVER) == 0) { /* serves all others, and is told at the end */
        server_output = output;
        sleep(1);
        return;
    }
    waitpid(child, &status, 0);
    tell(words[0], output, status);
}

int main(void) {
    char line[MAX_LINE];
    make_place();
    FILE *cases = fopen("/cases", "r");
    while (cases && fgets(line, sizeof line, cases)) run_case(line);
    if (server_output >= 0) tell(SERVER, server_output, 0);
    puts("DONE");
    fflush(stdout);
    reboot(RB_POWER_OFF);
    return 1;
}
