#include "lines.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"

enum { MOST_WORDS = 16 };

static _Alignas(MEMORY_PAGE) char text[65536];

void lines_read(const char *path, void (*take)(char **words, size_t count)) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0) close(fd);
    text[length > 0 ? length : 0] = '\0';
    char *words[MOST_WORDS], *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        line[strcspn(line, "#;")] = '\0';
        size_t count = 0;
        while (count < MOST_WORDS && (words[count] = strtok_r(line, " \t\r", &line))) count++;
        if (count) take(words, count);
    }
    memory_release(text);
}
