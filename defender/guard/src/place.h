/* Finds files by the names that the program gives. What is returned is a handle, and whatever is done with the file
 * afterwards is done with that handle. */
#ifndef RINGFENCE_PLACE_H
#define RINGFENCE_PLACE_H

#include <stdbool.h>

enum place_end {
    PLACE_FILE,     /* the file that the path leads to */
    PLACE_NOFOLLOW, /* the same, but a symlink at the end is itself meant */
    PLACE_ENTRY     /* the folder that holds the last name, which need not exist */
};

struct place {
    int fd;           /* O_PATH, close-on-exec; -1: none */
    char *path;       /* of SCRATCH_PATH bytes, the caller's: the name without symlinks, empty when it
                         is longer; PLACE_ENTRY: the entry's */
    const char *name; /* PLACE_ENTRY: the last name, in what was asked for */
    bool is_named;    /* the path leads to the file */
    bool is_folder;
};

/* `folder` is as for openat; `asked` is cut at its last name meanwhile. Returns 0 or a negative errno. place_close in
 * any case. */
long place_find(struct place *place, int folder, char *asked, enum place_end end);

/* The file behind a descriptor of the program's, which stays its own. */
long place_of_descriptor(struct place *place, int fd);

/* Has the handle not be the lowest free descriptor any more, which programs expect an open to give them. */
void place_move_up(struct place *place);

void place_close(struct place *place);

#endif
