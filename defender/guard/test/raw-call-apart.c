/* A library with system calls whose number is loaded, or kept in a register, some instructions in front. */
#if defined(__x86_64__)
__asm__(".globl number_apart\n"
        "number_apart:\n"
        "movl $59,%eax; movq %rcx,%r10; movq %r8,%r9\n"
        "syscall; ret; nop; nop; nop\n"
        ".globl number_in_register\n"
        "number_in_register:\n"
        "movl $59,%r11d; pushq %rbx; movq %rdx,%rbx; movl %r11d,%eax; movq %rbx,%rdx\n"
        "syscall; popq %rbx; ret; nop; nop\n");
#endif
