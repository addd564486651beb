/* Tells what a program of 32 bits finds on its initial stack, without a C library of that kind. */
static void write_text(const char *text, unsigned length) {
    int result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(4), "b"(1), "c"(text), "d"(length) : "memory");
}

static void put(const char *text) {
    unsigned length = 0;
    while (text[length]) length++;
    write_text(text, length);
    write_text("\n", 1);
}

__attribute__((used)) void show(unsigned *stack) {
    char **at = (char **)(stack + 1 + stack[0] + 1);
    for (; *at; at++) put(*at);
    for (unsigned *entry = (unsigned *)(at + 1); entry[0]; entry += 2)
        if (entry[0] == 6 && entry[1] == 4096) put("page 4096");
    __asm__ volatile("int $0x80" : : "a"(1), "b"(0));
}

__asm__(".globl _start\n_start: movl %esp, %eax\npushl %eax\ncall show\n");
