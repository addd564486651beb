/* Counts the places of an ELF file's code that call the kernel, and patches them in a copy: all, or with `certain` as
 * second argument those that are sure to be calls. With any second argument it lists what it led through trampolines:
 * the address of the call, and of what was replaced and its length. */
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../src/site-list.h"

enum { ROOM = 1 << 20 };

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    int fd = open(argv[1], O_RDONLY);
    struct stat status;
    if (fd < 0 || fstat(fd, &status)) return perror(argv[1]), 2;
    uint8_t *file = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    const Elf64_Ehdr *header = (const Elf64_Ehdr *)file;
    const Elf64_Phdr *segments = (const Elf64_Phdr *)(file + header->e_phoff);
    bool all = argc < 3 || strcmp(argv[2], "certain") != 0;
    uint8_t watched[CALL_NUMBERS / 8];
    memset(watched, 0xff, sizeof watched);
    unsigned total = 0, certain = 0, numbered = 0, jump = 0, patched = 0;
    for (int i = 0; i < header->e_phnum; i++) {
        if (segments[i].p_type != PT_LOAD || !(segments[i].p_flags & PF_X)) continue;
        uint8_t *copy =
            mmap(NULL, segments[i].p_filesz + ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        memcpy(copy, file + segments[i].p_offset, segments[i].p_filesz);
        struct code code = {copy, segments[i].p_filesz};
        struct trampoline_head *head = (struct trampoline_head *)(copy + ((segments[i].p_filesz + 4095) & ~4095ul));
        static struct site_list list;
        for (size_t from = 0; site_list_find(&list, &code, all, watched, &from), list.count;) {
            site_list_measure(&list, &code);
            patched += site_list_patch(&list, &code, head);
            head = (struct trampoline_head *)((uint8_t *)(head + 1) + (size_t)list.count * TRAMPOLINE_SIZE);
            for (uint32_t j = 0; j < list.count; j++) {
                const struct site *site = &list.sites[j];
                bool done = memcmp(copy + site->call, file + segments[i].p_offset + site->call, 2) != 0;
                total++;
                certain += site->certain;
                numbered += site->number >= 0;
                jump += site->length > 0;
                if (argc > 2 && done)
                    printf("%lx %lx %d\n", segments[i].p_vaddr + site->call, segments[i].p_vaddr + site->at,
                           site->length);
            }
        }
    }
    printf("{\"sites\":%u,\"certain\":%u,\"numbered\":%u,\"jump\":%u,\"patched\":%u}\n", total, certain, numbered, jump,
           patched);
    return 0;
}
