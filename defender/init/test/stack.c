/* Tells what a program finds on its initial stack; for the tests of hidden variables. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

int main(int argc, char **argv) {
    size_t settings = 0;
    while (environ[settings]) settings++;
    const char *password = getenv("DB_PASSWORD"), *token = getenv("API_TOKEN"), *random = (void *)getauxval(AT_RANDOM);
    printf("%s|%zu|%s%s%s\n", password ? password : "none", token ? strlen(token) : 0, getenv("FIRST"),
           getenv("MIDDLE"), getenv("LAST"));
    printf("arguments %d %s, settings %zu, page %lu, argv aligned %d, random %d\n", argc, argv[argc - 1], settings,
           getauxval(AT_PAGESZ), (int)((uintptr_t)(argv - 1) % 16), random && random[0] | random[7] ? 1 : 0);
    if (argc > 2 && strcmp(argv[1], "start") == 0) {
        fflush(stdout);
        execv(argv[2], (char *[]){argv[2], "child", NULL});
        return 1;
    }
    char bytes[65536];
    FILE *file = fopen("/proc/self/environ", "r");
    size_t length = fread(bytes, 1, sizeof bytes, file);
    for (size_t i = 0; i < length; i++) putchar(bytes[i] ? bytes[i] : '\n');
    return 0;
}
