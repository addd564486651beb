/* Has glibc's loader call start_when_relocated while it relocates this library, which is before it, and the C library,
 * run most of their code: pages that are not mapped yet need not be mapped anew. What a symbol of this type is, is what
 * the code that it names returns. To the one who refers to it without its version it is another, and may be missing: to
 * musl's loader, which knows no such type, it is. */
    .text
    .globl relocated
    .type relocated, %gnu_indirect_function
relocated:
#if defined(__x86_64__)
    jmp start_when_relocated
#elif defined(__aarch64__)
    b start_when_relocated
#endif
    .size relocated, . - relocated
    .symver relocated, guard_relocated@GUARD
    .weak guard_relocated

/* Never run: the reference, by a relocation that is made behind all others. */
    .section .text.reference, "ax", %progbits
#if defined(__x86_64__)
    call guard_relocated@PLT
#elif defined(__aarch64__)
    bl guard_relocated
#endif
    .section .note.GNU-stack, "", %progbits
