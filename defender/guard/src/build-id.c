#include "build-id.h"

#include <string.h>

enum { ALIGNMENT = 4 }; /* others are of notes that hold something else */

static size_t round_up(size_t size) { return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1); }

static struct span find_in(struct span notes) {
    Elf64_Nhdr note;
    while (notes.length >= sizeof note) {
        memcpy(&note, notes.bytes, sizeof note);
        size_t name = round_up(note.n_namesz), content = round_up(note.n_descsz);
        struct span rest = span_after(notes, sizeof note);
        if (name > rest.length || content > rest.length - name) break;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof ELF_NOTE_GNU &&
            memcmp(rest.bytes, ELF_NOTE_GNU, sizeof ELF_NOTE_GNU) == 0)
            return (struct span){rest.bytes + name, note.n_descsz};
        notes = span_after(rest, name + content);
    }
    return (struct span){NULL, 0};
}

struct span build_id_find(const uint8_t *object, size_t page, const Elf64_Phdr *segments, size_t count) {
    struct span id = {NULL, 0};
    for (size_t i = 0; i < count && !id.length; i++) {
        const Elf64_Phdr *at = &segments[i];
        if (at->p_type != PT_NOTE || at->p_align != ALIGNMENT || at->p_vaddr > page || at->p_memsz > page - at->p_vaddr)
            continue;
        id = find_in((struct span){object + at->p_vaddr, at->p_memsz});
    }
    return id;
}
