#include "loader.h"

#include <elf.h>
#include <string.h>

#if defined(__x86_64__)
static const char *const known[] = {"/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1"};
enum { MACHINE = EM_X86_64 };
#elif defined(__aarch64__)
static const char *const known[] = {"/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-aarch64.so.1"};
enum { MACHINE = EM_AARCH64 };
#endif

/* False: of no kind that runs here. */
static bool read_header(const void *head, size_t length, Elf64_Ehdr *file) {
    if (length < sizeof *file) return false;
    memcpy(file, head, sizeof *file);
    return memcmp(file->e_ident, ELFMAG, SELFMAG) == 0 && file->e_ident[EI_CLASS] == ELFCLASS64 &&
           file->e_machine == MACHINE && file->e_phentsize == sizeof(Elf64_Phdr);
}

bool loader_takes(const void *head, size_t length) {
    Elf64_Ehdr file;
    return read_header(head, length, &file) && file.e_type == ET_DYN;
}

bool loader_find(const void *head, size_t length, struct loader_place *place) {
    Elf64_Ehdr file;
    if (!read_header(head, length, &file)) return false;
    for (size_t i = 0; i < file.e_phnum; i++) {
        Elf64_Phdr segment;
        if (file.e_phoff > length || (i + 1) * sizeof segment > length - file.e_phoff) return false;
        memcpy(&segment, (const char *)head + file.e_phoff + i * sizeof segment, sizeof segment);
        if (segment.p_type != PT_INTERP) continue;
        *place = (struct loader_place){segment.p_offset, segment.p_filesz};
        return segment.p_filesz <= LOADER_NAME;
    }
    return false;
}

bool loader_is_known(const char *name, size_t size) {
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strlen(known[i]) + 1 == size && memcmp(known[i], name, size) == 0) return true;
    return false;
}
