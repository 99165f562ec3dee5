/** The fake's port, where there is none: whether anybody can come in now. */
#ifndef SCN_DOOR_H
#define SCN_DOOR_H

#include <cogmock/server.h>

enum scn_door_state {
    SCN_DOOR_OPEN,
    SCN_DOOR_CLOSED,    /**< Nobody listens. */
    SCN_DOOR_JAMMED,    /**< Nobody answers: no connection is made, and none is refused. */
    SCN_DOOR_RESETTING, /**< A connection is made, and reset at once. */
};

/** Set `server`; the rest starts as zero. */
struct scn_door {
    struct mock_server *server; /**< Borrowed. */
    bool is_shut;               /**< By a fault, which has been counted. */
    enum scn_door_state state;
    uint64_t connection_count; /**< Made so far, by all who come. */
};

/** The script and its faults may have it otherwise by now. */
void scn_door_follow(struct scn_door *door);

/** Somebody's connection is being reset: counts that. */
void scn_door_reset(struct scn_door *door);

#endif
