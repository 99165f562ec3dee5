/** How an event looks on the wire. */
#ifndef MOCK_EVENTS_MESSAGE_H
#define MOCK_EVENTS_MESSAGE_H

#include <cogbase/text.h>
#include <cogmock/watcher.h>

/** Appends `id`, `event` and `data` of a server-sent event. `text` fails for want of memory. */
void mock_message_append(struct cog_text *text, uint64_t number, const char *tenant,
                         const struct mock_event *event);

#endif
