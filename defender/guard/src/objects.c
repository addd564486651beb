#include "objects.h"

#include <elf.h>
#include <errno.h>
#include <link.h>
#include <string.h>

#include "build-id.h"
#include "system.h"

enum { SIGNAL_SET = 8 };

/* What the kernel says about the process. */
struct vector {
    uintptr_t page, vdso;
};

struct object {
    uintptr_t base; /* what is added to its addresses */
    const Elf64_Phdr *segments;
    size_t count;
    const char *path;
    struct span build_id;
};

static const Elf64_Phdr *find_segment(const struct object *object, uint32_t type) {
    for (size_t i = 0; i < object->count; i++)
        if (object->segments[i].p_type == type) return &object->segments[i];
    return NULL;
}

static bool find_program(char **environment, struct object *program, struct vector *vector) {
    while (*environment) environment++;
    *program = (struct object){.path = "/proc/self/exe"};
    *vector = (struct vector){0, 0};
    for (const Elf64_auxv_t *at = (const Elf64_auxv_t *)(void *)(environment + 1); at->a_type != AT_NULL; at++) {
        if (at->a_type == AT_PHDR) program->segments = (const Elf64_Phdr *)at->a_un.a_val;
        if (at->a_type == AT_PHNUM) program->count = at->a_un.a_val;
        if (at->a_type == AT_PAGESZ) vector->page = at->a_un.a_val;
        if (at->a_type == AT_SYSINFO_EHDR) vector->vdso = at->a_un.a_val;
    }
    const Elf64_Phdr *own = program->segments ? find_segment(program, PT_PHDR) : NULL;
    if (own) program->base = (uintptr_t)program->segments - own->p_vaddr;
    return own && vector->page;
}

static const struct link_map *find_list(const struct object *program) {
    const Elf64_Phdr *dynamic = find_segment(program, PT_DYNAMIC);
    const Elf64_Dyn *entry = dynamic ? (const Elf64_Dyn *)(program->base + dynamic->p_vaddr) : NULL;
    while (entry && entry->d_tag != DT_NULL && entry->d_tag != DT_DEBUG) entry++;
    const struct r_debug *debug = entry && entry->d_tag ? (const struct r_debug *)entry->d_un.d_ptr : NULL;
    return debug ? debug->r_map : NULL;
}

/* By having the kernel read it, for a change of the signal mask that there is not. */
static bool is_mapped(uintptr_t start) { return SYSTEM(rt_sigprocmask, -1, start, 0, SIGNAL_SET) != -EFAULT; }

/* An object's header lies where its addresses count from, if it was linked to begin with 0. */
static bool read_object(const struct link_map *map, const struct vector *vector, struct object *object) {
    const Elf64_Ehdr *header = (const Elf64_Ehdr *)map->l_addr;
    if (!header || map->l_addr % vector->page || !is_mapped(map->l_addr)) return false;
    if (memcmp(header, ELFMAG, SELFMAG) != 0 || header->e_phentsize != sizeof(Elf64_Phdr)) return false;
    if (header->e_phoff + header->e_phnum * sizeof(Elf64_Phdr) > vector->page) return false;
    *object = (struct object){.base = map->l_addr,
                              .segments = (const Elf64_Phdr *)(map->l_addr + header->e_phoff),
                              .count = header->e_phnum,
                              .path = map->l_name};
    object->build_id = build_id_find((const uint8_t *)header, vector->page, object->segments, object->count);
    const Elf64_Phdr *dynamic = find_segment(object, PT_DYNAMIC);
    return dynamic && map->l_addr + dynamic->p_vaddr == (uintptr_t)map->l_ld;
}

static void take_code(const struct object *object, uintptr_t page, objects_take *take, void *context) {
    for (size_t i = 0; i < object->count; i++) {
        const Elf64_Phdr *segment = &object->segments[i];
        if (segment->p_type != PT_LOAD || (segment->p_flags & (PF_X | PF_R)) != (PF_X | PF_R)) continue;
        uintptr_t first = object->base + segment->p_vaddr, start = first & ~(page - 1);
        uintptr_t end = (first + segment->p_filesz + page - 1) & ~(page - 1);
        take(context, &(struct loaded){{(uint8_t *)start, end - start}, object->path, object->build_id});
    }
}

bool objects_each(char **environment, objects_take *take, void *context) {
    struct object program, object;
    struct vector vector;
    if (!find_program(environment, &program, &vector)) return false;
    const struct link_map *list = find_list(&program);
    if (!list) return false;
    take_code(&program, vector.page, take, context);
    for (const struct link_map *at = list->l_next; at; at = at->l_next) {
        if (at->l_addr == vector.vdso) continue;
        if (!read_object(at, &vector, &object)) return false;
        take_code(&object, vector.page, take, context);
    }
    return true;
}
