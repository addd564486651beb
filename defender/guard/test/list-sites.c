/* Lists the places of an ELF file's code that call the kernel, and patches them all in a copy. */
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../src/site.h"

enum { ROOM = 1 << 20 };

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    int fd = open(argv[1], O_RDONLY);
    struct stat status;
    if (fd < 0 || fstat(fd, &status)) return perror(argv[1]), 2;
    uint8_t *file = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    const Elf64_Ehdr *header = (const Elf64_Ehdr *)file;
    const Elf64_Phdr *segments = (const Elf64_Phdr *)(file + header->e_phoff);
    unsigned total = 0, certain = 0, numbered = 0, jump = 0, patched = 0;
    for (int i = 0; i < header->e_phnum; i++) {
        if (segments[i].p_type != PT_LOAD || !(segments[i].p_flags & PF_X)) continue;
        uint8_t *copy =
            mmap(NULL, segments[i].p_filesz + ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        memcpy(copy, file + segments[i].p_offset, segments[i].p_filesz);
        struct code code = {copy, segments[i].p_filesz};
        struct trampoline_head *head = (struct trampoline_head *)(copy + ((segments[i].p_filesz + 4095) & ~4095ul));
        uint8_t *next = (uint8_t *)(head + 1);
        struct site site;
        for (size_t from = 0; site_next(&code, &from, &site);) {
            bool done = site_patch(&code, &site, next, head);
            total++;
            certain += site.certain;
            numbered += site.number >= 0;
            jump += site.length > 0;
            patched += done;
            next += TRAMPOLINE_SIZE;
            if (argc > 2)
                printf("%lx %s %d %zu %s\n", segments[i].p_vaddr + site.call, site.certain ? "certain" : "doubtful",
                       site.number, site.length, done ? site.length ? "jump" : "hop" : "left");
        }
    }
    printf("{\"sites\":%u,\"certain\":%u,\"numbered\":%u,\"jump\":%u,\"patched\":%u}\n", total, certain, numbered, jump,
           patched);
    return 0;
}
