/* Code of the C library in which its calls are led through the guard already, made once for all processes that a
 * function starts. */
#ifndef RINGFENCE_LIBRARY_IMAGE_H
#define RINGFENCE_LIBRARY_IMAGE_H

#include "library-share.h"

/* Notes a file that the runtime has mapped. */
void library_image_note(const struct library_file *file);

/* Makes the images of the files noted, once, and gives up the right to change them. `share`: mapped with LIBRARY_SIZE
 * bytes. A file without an image is searched by each process itself. */
void library_image_make(struct library_share *share);

#endif
