/* The smallest runtime: asks for its first event, and waits for it. */
#include "wire.h"

int main(void) {
    char answer[MAX_HEAD];
    int fd = connect_to_runtime_api();
    send_all(fd, NEXT, sizeof NEXT - 1);
    read_message(fd, answer, sizeof answer);
    return 0;
}
