/* What Debian's libbearssl.a wants from its surroundings. It was compiled against glibc with fortified string
 * functions, which musl does not have; the sizes they check are those of the library's own structures. */
#include <bearssl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#ifndef __GLIBC__
/* clang-format off */
void *__memcpy_chk(void *to, const void *from, size_t length, size_t room);
void *__memmove_chk(void *to, const void *from, size_t length, size_t room);
void *__memset_chk(void *at, int byte, size_t length, size_t room);
/* clang-format on */

void *__memcpy_chk(void *to, const void *from, size_t length, size_t room) {
    if (length > room) abort();
    return memcpy(to, from, length);
}

void *__memmove_chk(void *to, const void *from, size_t length, size_t room) {
    if (length > room) abort();
    return memmove(to, from, length);
}

void *__memset_chk(void *at, int byte, size_t length, size_t room) {
    if (length > room) abort();
    return memset(at, byte, length);
}
#endif

static int seed_from_kernel(const br_prng_class **generator) {
    uint8_t seed[32];
    if (getrandom(seed, sizeof seed, GRND_NONBLOCK) != sizeof seed) return 0;
    (*generator)->update(generator, seed, sizeof seed);
    explicit_bzero(seed, sizeof seed);
    return 1;
}

/* Takes the place of the library's own, which opens /dev/urandom: a function's sandbox may have none. */
br_prng_seeder br_prng_seeder_system(const char **name) {
    if (name) *name = "getrandom";
    return seed_from_kernel;
}
