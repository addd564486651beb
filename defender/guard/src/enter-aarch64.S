/* From a trampoline: x16 is where it goes on (12 bytes further when the call is answered), x16 and x17 of the call lie
 * on the stack, all other registers and the flags are the call's and are kept. */
    .text
    .globl guard_enter
    .hidden guard_enter
    .type guard_enter, %function
guard_enter:
    sub sp, sp, #176
    stp x0, x1, [sp]
    stp x2, x3, [sp, #16]
    stp x4, x5, [sp, #32]
    stp x8, x16, [sp, #48]
    stp x6, x7, [sp, #64]
    stp x9, x10, [sp, #80]
    stp x11, x12, [sp, #96]
    stp x13, x14, [sp, #112]
    stp x15, x18, [sp, #128]
    stp x29, x30, [sp, #144]
    mrs x17, nzcv
    str x17, [sp, #160]
    mov x29, sp
    mov x0, sp
    bl guard_decide
    ldr x17, [sp, #160]
    msr nzcv, x17
    ldp x8, x16, [sp, #48]
    and x0, x0, #1
    add x16, x16, x0, lsl #3
    add x16, x16, x0, lsl #2
    ldp x0, x1, [sp]
    ldp x2, x3, [sp, #16]
    ldp x4, x5, [sp, #32]
    ldp x6, x7, [sp, #64]
    ldp x9, x10, [sp, #80]
    ldp x11, x12, [sp, #96]
    ldp x13, x14, [sp, #112]
    ldp x15, x18, [sp, #128]
    ldp x29, x30, [sp, #144]
    add sp, sp, #176
    br x16
    .size guard_enter, . - guard_enter
    .section .note.GNU-stack, "", %progbits
