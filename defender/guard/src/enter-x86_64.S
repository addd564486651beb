/* From a trampoline: %rcx is where it goes on, at its call of the kernel, and all other registers are the call's. The
 * instruction itself would change %rcx and %r11, so these are free. Nothing stays on the stack, and what lies below it
 * (the red zone) is kept, so that the call may come back on another stack or as another process. */
    .text
    .globl guard_enter
    .hidden guard_enter
    .type guard_enter, @function
guard_enter:
    mov %rsp, %r11
    lea -128(%rsp), %rsp
    pushfq
    and $-16, %rsp
    cld
    push %r11
    push -136(%r11)
    push %rcx
    push %rax
    push %r9
    push %r8
    push %r10
    push %rdx
    push %rsi
    push %rdi
    mov %rsp, %rdi
    call guard_decide
    test %al, %al
    pop %rdi
    pop %rsi
    pop %rdx
    pop %r10
    pop %r8
    pop %r9
    pop %rax
    pop %rcx
    jz 1f
    add $2, %rcx /* answered: behind the call */
1:  popfq
    pop %rsp
    jmp *%rcx
    .size guard_enter, . - guard_enter
    .section .note.GNU-stack, "", @progbits
