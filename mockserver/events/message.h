/** How an event looks on the wire. */
#ifndef MOCK_EVENTS_MESSAGE_H
#define MOCK_EVENTS_MESSAGE_H

#include "observed.h"

#include <cogbase/text.h>

/** Which event is told, as which one of its stream. Texts are borrowed. */
struct mock_message {
    uint64_t number;
    const char *tenant;
    const struct mock_event *event;
    enum mock_view view; /**< OBSERVER: the event is one that they may be told of. */
};

/** Appends `id`, `event` and `data` of a server-sent event. `text` fails for want of memory. */
void mock_message_append(struct cog_text *text, const struct mock_message *message);

#endif
