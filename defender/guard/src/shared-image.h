/* The C library's code as the init has prepared it: the main process tells the init of its files, and the processes
 * that come after map what was made of them, instead of searching and patching their own. */
#ifndef RINGFENCE_SHARED_IMAGE_H
#define RINGFENCE_SHARED_IMAGE_H

#include "library-share.h"
#include "objects.h"

/* What an image of a file's code is about; false when the file can't be told from others. */
bool shared_image_key(struct library_image_key *key, const struct loaded *loaded,
                      const uint8_t watched[static CALL_NUMBERS / 8]);

/* Tells the init, which listens to the main process alone and only until it has said hello. */
void shared_image_tell(const struct library_image_key *key, const char *path);

/* The image, or NULL when there is none. */
const struct library_image *shared_image_find(const struct library_image_key *key);

/* Maps it over the code, with `entry` for its trampolines. Returns where these are, below the code, or NULL when their
 * place is taken; the code is then as it was. */
void *shared_image_map(const struct library_image *image, const struct code *code, void (*entry)(void));

#endif
