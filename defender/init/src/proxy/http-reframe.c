#include "http-reframe.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Headers that tell of the content before, or of how it would have come. */
static bool is_left_out(const char *line) {
    static const char *const names[] = {"content-length:", "transfer-encoding:", "trailer:", "expect:"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncasecmp(line, names[i], strlen(names[i])) == 0) return true;
    return false;
}

size_t http_reframe(const struct http_head *head, const char *bytes, size_t length,
                    char out[static HTTP_MOST_REFRAMED]) {
    size_t written = 0, end;
    for (size_t at = 0; at < head->length - 2; at = end) { /* without the blank line */
        end = (size_t)((const char *)memchr(bytes + at, '\n', head->length - at) + 1 - bytes);
        if (at && is_left_out(bytes + at)) continue;
        memcpy(out + written, bytes + at, end - at);
        written += end - at;
    }
    return written + (size_t)sprintf(out + written, "Content-Length: %zu\r\n\r\n", length);
}
