/* What the linker calls an object by: a hash of what it put in (note NT_GNU_BUILD_ID). */
#ifndef RINGFENCE_BUILD_ID_H
#define RINGFENCE_BUILD_ID_H

#include <elf.h>

#include "span.h"

/* Among the notes that lie in an object's first page in memory, of `page` bytes; empty when it is not there. */
struct span build_id_find(const uint8_t *object, size_t page, const Elf64_Phdr *segments, size_t count);

#endif
