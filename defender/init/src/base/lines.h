/* Files of lines and words: /etc/hosts, /etc/resolv.conf. */
#ifndef RINGFENCE_LINES_H
#define RINGFENCE_LINES_H

#include <stddef.h>

/* Calls `take` with the words of each line that has any, of the file's first 64 KB; `#` and `;` begin comments. A file
 * that can't be read has no lines. */
void lines_read(const char *path, void (*take)(char **words, size_t count));

#endif
