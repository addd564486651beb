/* Whether vector registers hold after a mapping of code what they held before. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int keeps_vectors(const char *library);
int keeps_vectors(const char *library) {
    unsigned char before[8 * 16], after[sizeof before];
    for (unsigned i = 0; i < sizeof before; i++) before[i] = (unsigned char)(i + 1);
    int file = open(library, O_RDONLY);
    off_t size = lseek(file, 0, SEEK_END);
    void *(*map)(void *, size_t, int, int, int, off_t) = mmap;
    register void *result __asm__("rax") = map;
    register int flags __asm__("rcx") = MAP_PRIVATE;
    register int fd __asm__("r8") = file;
    register off_t offset __asm__("r9") = 0;
    void *address = NULL;
    size_t length = (size_t)size;
    int protection = PROT_READ | PROT_EXEC;
    __asm__ volatile("movups (%[before]), %%xmm0\n\t"
                     "movups 16(%[before]), %%xmm1\n\t"
                     "movups 32(%[before]), %%xmm2\n\t"
                     "movups 48(%[before]), %%xmm3\n\t"
                     "movups 64(%[before]), %%xmm4\n\t"
                     "movups 80(%[before]), %%xmm5\n\t"
                     "movups 96(%[before]), %%xmm6\n\t"
                     "movups 112(%[before]), %%xmm7\n\t"
                     "mov %%rsp, %%r12\n\t"
                     "sub $256, %%rsp\n\t"
                     "and $-16, %%rsp\n\t"
                     "call *%%rax\n\t"
                     "mov %%r12, %%rsp\n\t"
                     "movups %%xmm0, (%[after])\n\t"
                     "movups %%xmm1, 16(%[after])\n\t"
                     "movups %%xmm2, 32(%[after])\n\t"
                     "movups %%xmm3, 48(%[after])\n\t"
                     "movups %%xmm4, 64(%[after])\n\t"
                     "movups %%xmm5, 80(%[after])\n\t"
                     "movups %%xmm6, 96(%[after])\n\t"
                     "movups %%xmm7, 112(%[after])"
                     : "+r"(result), "+r"(flags), "+r"(fd), "+r"(offset), "+D"(address), "+S"(length), "+d"(protection)
                     : [before] "b"(before), [after] "r"((void *)after)
                     : "r10", "r11", "r12", "memory", "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
                       "xmm7");
    close(file);
    return result != MAP_FAILED && memcmp(before, after, sizeof before) == 0;
}
