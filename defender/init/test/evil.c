/* What the attacks try to start: says that it ran. */
#include <unistd.h>

int main(void) { return write(1, "EVIL RAN\n", 9) == 9 ? 66 : 67; }
