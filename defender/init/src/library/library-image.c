#include "library-image.h"

#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../guard/src/site-list.h"

#ifndef MADV_COLLAPSE /* Linux 6.1 */
#define MADV_COLLAPSE 25
#endif

enum { HEAD = 4096, LARGEST_PAGE = 64 * 1024 };

static struct library_file files[LIBRARY_IMAGES];
static size_t count;
static bool is_made;

void library_image_note(const struct library_file *file) {
    if (count < LIBRARY_IMAGES && memchr(file->path, '\0', sizeof file->path)) files[count++] = *file;
}

static bool is_file_of(int fd, const struct library_file_key *key) {
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return false;
    return status.st_dev == key->device && status.st_ino == key->inode &&
           library_changed(&status.st_ctim) == key->changed;
}

/* Where in the file the code begins; -1: not one segment of this size. */
static off_t find_code(int fd, size_t size) {
    _Alignas(Elf64_Ehdr) uint8_t head[HEAD];
    const Elf64_Ehdr *file = (const Elf64_Ehdr *)head;
    ssize_t length = pread(fd, head, sizeof head, 0);
    if (length < (ssize_t)sizeof *file || memcmp(head, ELFMAG, SELFMAG) != 0 || file->e_phentsize != sizeof(Elf64_Phdr))
        return -1;
    for (size_t i = 0; i < file->e_phnum; i++) {
        Elf64_Phdr segment;
        size_t at = i * sizeof segment;
        if (file->e_phoff > (size_t)length || at + sizeof segment > (size_t)length - file->e_phoff) return -1;
        memcpy(&segment, head + file->e_phoff + at, sizeof segment);
        if (segment.p_type != PT_LOAD || !(segment.p_flags & PF_X)) continue;
        size_t page = getauxval(AT_PAGESZ), before = segment.p_offset % page;
        bool has_size = segment.p_filesz <= size && (before + segment.p_filesz + page - 1) / page * page == size;
        return has_size ? (off_t)(segment.p_offset - before) : -1;
    }
    return -1;
}

static bool read_code(int fd, const struct code *code) {
    off_t from = find_code(fd, code->size);
    size_t length = 0;
    ssize_t more = 0;
    if (from < 0) return false;
    while (length < code->size &&
           (more = pread(fd, code->bytes + length, code->size - length, from + (off_t)length)) > 0)
        length += (size_t)more;
    return more >= 0;
}

static void make(struct library_image *image, const struct library_file *file, uint8_t *at, size_t room) {
    static struct site_list list;
    struct trampoline_head *head = (struct trampoline_head *)(void *)(at - LIBRARY_TRAMPOLINES_BELOW);
    struct code code = {at, file->key.size};
    size_t from = 0;
    if (code.size > room) return;
    int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_read = fd >= 0 && is_file_of(fd, &file->file) && read_code(fd, &code);
    if (fd >= 0) close(fd);
    if (!is_read) return;
    site_list_find(&list, &code, true, file->key.watched, &from);
    if (from < code.size) return; /* more than the list holds */
    site_list_measure(&list, &code);
    memcpy(head->watched, file->key.watched, sizeof head->watched);
    image->key = file->key;
    image->sites = list.count;
    image->missed = list.count - site_list_patch(&list, &code, head);
    image->trampolines = (uint32_t)site_list_room(&list);
    __atomic_store_n(&image->ready, 1, __ATOMIC_RELEASE);
}

/* Bytes until the next image: on pages of any size. */
static size_t step_of(const struct library_image *image) {
    size_t size = image->key.size > image->trampolines ? image->key.size : image->trampolines;
    return (size + LARGEST_PAGE - 1) & ~(size_t)(LARGEST_PAGE - 1);
}

void library_image_make(struct library_share *share) {
    uint8_t *code = (uint8_t *)share + LIBRARY_CODE;
    size_t used = 0;
    if (is_made) return;
    is_made = true;
    for (size_t i = 0; i < count; i++) {
        struct library_image *image = &share->images[i];
        image->code = (uint32_t)(LIBRARY_CODE + used);
        make(image, &files[i], code + used, LIBRARY_CODE_ROOM - used);
        used += step_of(image);
    }
    /* Mapping and unmapping pieces of it costs a fifth of what single pages do. */
    if (used) madvise(code, LIBRARY_LARGE_PAGE, MADV_COLLAPSE);
    munmap((uint8_t *)share + LIBRARY_TRAMPOLINES, LIBRARY_SIZE - LIBRARY_TRAMPOLINES);
}
