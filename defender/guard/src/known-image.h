/* Programs that were found to be guarded, and so need not be read again as long as they are as they were. */
#ifndef RINGFENCE_KNOWN_IMAGE_H
#define RINGFENCE_KNOWN_IMAGE_H

#include <stdbool.h>
#include <sys/stat.h>

/* By what the kernel says of the file: a change of its content, its mode or its attributes sets its time of change. */
bool known_image_is(const struct stat *status);

void known_image_remember(const struct stat *status);

#endif
