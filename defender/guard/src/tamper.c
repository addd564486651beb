#include "tamper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/personality.h>

#include "access.h"
#include "decide.h"
#include "scratch.h"
#include "state.h"
#include "system.h"

static enum verdict refuse(struct call *call, const char *what, const char *reason) {
    struct scratch *scratch = scratch_take();
    access_tell_tampering(decide_name(call), reason, what, scratch->record);
    scratch_give(scratch);
    return call_answer(call, -EPERM);
}

/* Process ids are 32-bit numbers to the kernel; -1 is all there are. */
static enum verdict decide_process(struct call *call, int32_t process) {
    bool is_init = process == state.share->init || process == -1 || process == -state.share->init_group;
    return is_init ? refuse(call, "the init", "what is guarded may not act on its guard") : CALL_GOES_ON;
}

enum verdict tamper_decide_process(struct call *call) { return decide_process(call, (int32_t)call->argument[0]); }

enum verdict tamper_decide_priority(struct call *call) {
    enum { PRIORITY_OF_USER = 2, IO_PRIORITY_OF_USER = 3 };
    int64_t of_user = call->number == __NR_ioprio_set ? IO_PRIORITY_OF_USER : PRIORITY_OF_USER;
    bool is_init = call->argument[0] == of_user || (int32_t)call->argument[1] == state.share->init_group;
    return decide_process(call, is_init ? state.share->init : (int32_t)call->argument[1]);
}

enum verdict tamper_decide_mount(struct call *call) {
    return refuse(call, "its view of the files", "paths would lead to other files than those that the policy names");
}

enum verdict tamper_decide_prctl(struct call *call) {
    enum { SET_MM = 35 };
    return call->argument[0] == SET_MM ? refuse(call, "the guard", "it would look like another program") : CALL_GOES_ON;
}

enum verdict tamper_decide_memory(struct call *call) {
    bool is_trace = call->number == __NR_ptrace;
    if (!is_trace && (int32_t)call->argument[0] == (int32_t)SYSTEM(getpid, 0)) return CALL_GOES_ON;
    return refuse(call, "another process", "the guard is in the memory of each process");
}

enum verdict tamper_decide_fcntl(struct call *call) {
    int signal = (int)call->argument[2];
    bool kills = (int)call->argument[1] == F_SETSIG && (signal == SIGKILL || signal == SIGSTOP);
    return kills ? refuse(call, "the init", "the kernel would send this signal to whoever owns the descriptor")
                 : CALL_GOES_ON;
}

enum verdict tamper_decide_personality(struct call *call) {
    uint32_t persona = (uint32_t)call->argument[0];
    bool runs_data = persona != UINT32_MAX && persona & READ_IMPLIES_EXEC;
    return runs_data ? refuse(call, "the guard", "all memory could be run as code") : CALL_GOES_ON;
}

enum verdict tamper_decide_absent(struct call *call) { return call_answer(call, -ENOSYS); }
