/** The member `events` of `client`. */
#ifndef SCN_EVENT_PARSE_H
#define SCN_EVENT_PARSE_H

#include "simulation/signals.h"

#include <cogbase/document.h>

/** What happens to the client while it runs. */
struct scn_client_events {
    struct scn_signal signals[SCN_SIGNALS_MAX];
    size_t signal_count;
};

/**
 * Reads `events` of `client`, if it is there; it replaces what was read before.
 *
 * @param client the member `client`
 * @return COG_OK or COG_ERROR_SYNTAX
 */
enum cog_code scn_client_events_parse(const struct cog_document *document, const cJSON *client,
                                      struct scn_client_events *inout_events,
                                      struct cog_error *error) COG_CHECK;

#endif
