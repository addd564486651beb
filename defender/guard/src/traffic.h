/* Calls with which sockets reach others, and are answered. */
#ifndef RINGFENCE_TRAFFIC_H
#define RINGFENCE_TRAFFIC_H

#include "call.h"

enum verdict traffic_connect(struct call *call);
enum verdict traffic_sendto(struct call *call);
enum verdict traffic_sendmsg(struct call *call);
enum verdict traffic_sendmmsg(struct call *call);
enum verdict traffic_recvfrom(struct call *call);
enum verdict traffic_recvmsg(struct call *call);

#endif
