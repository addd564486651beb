#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "loader.h"

enum {
    FIRST_LINE = 256 /* BINPRM_BUF_SIZE, include/uapi/linux/binfmts.h */,
    MAX_INTERPRETERS = 5 /* fs/exec.c */,
    HEAD = 4096
};

static bool names_known_loader(int fd, const char *head, size_t length) {
    struct loader_place place;
    char name[LOADER_NAME];
    if (!loader_find(head, length, &place)) return false;
    if (place.offset <= length && place.size <= length - place.offset)
        return loader_is_known(head + place.offset, place.size);
    return pread(fd, name, place.size, (off_t)place.offset) == (ssize_t)place.size && loader_is_known(name, place.size);
}

/* Whether it could be read; the first line is left as a string. */
static bool read_head(int fd, char line[static FIRST_LINE], bool *has_loader) {
    static char head[HEAD];
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int readable = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (readable < 0) return false;
    ssize_t length = pread(readable, head, sizeof head, 0);
    *has_loader = length > 0 && names_known_loader(readable, head, (size_t)length);
    close(readable);
    snprintf(line, FIRST_LINE, "%.*s", length > 0 ? (int)length : 0, head);
    return length >= 0;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* Splits `#! interpreter [argument]` as fs/binfmt_script.c does; false when it is no script. */
static bool split_first_line(char *line, const char **interpreter, const char **argument) {
    if (line[0] != '#' || line[1] != '!') return false;
    char *end = strchr(line, '\n');
    if (end) *end = '\0';
    end = line + strlen(line);
    while (end > line + 2 && is_blank(end[-1])) *--end = '\0';
    char *at = line + 2;
    while (is_blank(*at)) at++;
    *interpreter = at;
    while (*at && !is_blank(*at)) at++;
    *argument = NULL;
    if (*at) {
        *at++ = '\0';
        while (is_blank(*at)) at++;
        *argument = at;
    }
    return **interpreter != '\0';
}

/* An interpreter that is a script has its own interpreter's words in front of its own. */
static bool put_words_first(struct program *program, const char *interpreter, const char *argument) {
    size_t first = strlen(interpreter) + 1, second = argument ? strlen(argument) + 1 : 0;
    if (program->words_length + first + second > sizeof program->words) return false;
    memmove(program->words + first + second, program->words, program->words_length);
    memcpy(program->words, interpreter, first);
    if (argument) memcpy(program->words + first, argument, second);
    program->words_length = (uint16_t)(program->words_length + first + second);
    return true;
}

int program_inspect(int fd, const struct file_identity *file, struct program *program) {
    *program = (struct program){.binary = *file};
    int current = fd, error = 0;
    for (int depth = 0;; depth++) {
        char line[FIRST_LINE];
        const char *interpreter, *argument;
        /* A file that this process can't read is taken for a binary; were it a script, the check after the exec would
         * stop it. */
        if (!read_head(current, line, &program->has_loader) || !split_first_line(line, &interpreter, &argument)) break;
        if (depth == MAX_INTERPRETERS) error = ELOOP;
        if (interpreter[0] != '/')
            error = EACCES; /* would depend on a folder that can change before the kernel looks */
        if (error) break;
        if (current != fd) close(current);
        current = open(interpreter, O_PATH | O_CLOEXEC);
        struct stat status;
        if (current < 0 || fstat(current, &status) != 0) error = errno;
        if (error) break;
        if (!program->is_script) snprintf(program->interpreter, sizeof program->interpreter, "%s", interpreter);
        program->is_script = true;
        if (!put_words_first(program, interpreter, argument)) error = E2BIG;
        program->binary = (struct file_identity){status.st_dev, status.st_ino};
    }
    if (!error && program->is_script && !name_of_file(current, &program->binary, program->binary_path))
        program->binary_path[0] = '\0';
    if (current >= 0 && current != fd) close(current);
    return error;
}
