#include "network.h"

void network_decide(const struct request *request, const struct policy *policy) {
    (void)policy;
    answer_continue(request);
}
