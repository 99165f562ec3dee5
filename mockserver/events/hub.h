/**
 * The live stream of events: whoever listens gets each event of all tenants, or of one, as
 * server-sent events. What is told while nobody listens costs nothing; after the last listener has
 * gone, as many events are kept as one who comes back may ask for. Observers have a hub of their
 * own: in one with others, the gaps in their numbers would tell them of what they may not hear.
 */
#ifndef MOCK_EVENTS_HUB_H
#define MOCK_EVENTS_HUB_H

#include "observed.h"

#include <cogmock/plan.h>
#include <cogmock/tenants.h>

enum {
    MOCK_EVENTS_MAX = 4096,         /**< Kept. */
    MOCK_EVENTS_SIZE_MAX = 4 << 20, /**< Of their texts together, in bytes. */
    MOCK_LISTENERS_MAX = 64,
    MOCK_HEARTBEAT_MS = 15000,
};

struct mock_hub_event {
    char *text; /**< As it goes out. Owned. */
    size_t length;
    char tenant[MOCK_TENANT_NAME_SIZE];
};

struct mock_listener_stream;

struct mock_hub {
    struct mock_tenants *tenants; /**< Borrowed. */
    struct cog_clock clock;
    enum mock_view view; /**< Of all who listen; also its place among the tenants' watchers. */
    struct mock_hub_event *events; /**< Owned; a ring, allocated for the first listener. */
    size_t event_first;
    size_t event_count;
    size_t size;
    uint64_t last_number; /**< Of the newest event; each has the one after the event before. */
    size_t listener_count;
    size_t lingering_count; /**< Events since the last listener went. */
    uint64_t lost_count;    /**< Events that listeners were too slow for. */
    bool is_watching;
};

void mock_hub_init(struct mock_hub *hub, struct mock_tenants *tenants, struct cog_clock clock,
                   enum mock_view view);

/** All listeners have gone before. */
void mock_hub_finish(struct mock_hub *hub);

/**
 * Another listener.
 *
 * @param tenant NULL for all
 * @param last_number the newest event that it has; UINT64_MAX: it wants those to come
 * @param out_stream to be finished before the hub is
 * @return COG_OK, COG_ERROR_REFUSED (MOCK_LISTENERS_MAX), COG_ERROR_MEMORY
 */
enum cog_code mock_hub_listen(struct mock_hub *hub, const char *tenant, uint64_t last_number,
                              struct mock_stream *out_stream, struct cog_error *error) COG_CHECK;

#endif
