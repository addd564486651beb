/* Ordinary instructions that have the bytes of a system call in them, with what often follows a call behind. */
#if defined(__x86_64__)
__asm__(".globl store_and_compare\n"
        "store_and_compare:\n"
        "movq %rdx,%rax; movq %rsi,%rcx\n"
        ".byte 0x88,0x44,0x0f,0x05\n" /* movb %al,5(%rdi,%rcx) */
        "cmpq $6,%rax; sete %al; movzbl %al,%eax; ret\n"
        ".globl store_and_test\n"
        "store_and_test:\n"
        "movq %rdx,%rax; movq %rsi,%rcx\n"
        ".byte 0x88,0x44,0x0f,0x05\n"
        "testq %rax,%rax; sete %al; movzbl %al,%eax; ret\n"
        ".globl load_and_test\n"
        "load_and_test:\n"
        "movq %rsi,%rcx\n"
        ".byte 0x0f,0xb6,0x44,0x0f,0x05\n" /* movzbl 5(%rdi,%rcx),%eax */
        "testl %eax,%eax; sete %al; movzbl %al,%eax; ret\n"
        ".globl number\n"
        "number:\n"
        "movl $0x3d050f,%eax; ret; nop; nop; nop\n");
#endif
