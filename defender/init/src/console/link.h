/* The connection to the Console: its name looked up, TCP, TLS. One at a time, driven by the loop, every step limited in
 * time. */
#ifndef RINGFENCE_LINK_H
#define RINGFENCE_LINK_H

#include "configuration.h"

enum { LINK_MOST_PARTS = 3 };

struct link_handler {
    void (*opened)(void);
    void (*received)(struct span bytes); /* all of which it takes; may close the link */
    void (*failed)(const char *trouble); /* in words; the link is closed already */
};

/* `host` and the configuration must stay valid while the link is open. */
void link_open(const char *host, uint16_t port, const struct configuration *configuration,
               const struct link_handler *handler);

/* Sends these parts, which must stay valid until an answer arrives or the link is closed. */
void link_send(const struct span *parts, size_t count);

/* Without a call of the handler. */
void link_close(void);

#endif
