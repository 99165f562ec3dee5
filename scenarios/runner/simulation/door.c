#include "simulation/door.h"

/* A fault of the port as a whole counts once for each time that it is there. */
static void count_shut(struct scn_door *door, enum mock_connect_fault fault)
{
    const bool is_shut = fault == MOCK_CONNECT_REFUSED || fault == MOCK_CONNECT_TIMEOUT;
    if (is_shut && !door->is_shut) {
        mock_server_connect_strike(door->server);
    }
    door->is_shut = is_shut;
}

static enum scn_door_state state_of(enum mock_connect_fault fault)
{
    switch (fault) {
    case MOCK_CONNECT_REFUSED:
        return SCN_DOOR_CLOSED;
    case MOCK_CONNECT_TIMEOUT:
        return SCN_DOOR_JAMMED;
    case MOCK_CONNECT_RESET:
        return SCN_DOOR_RESETTING;
    case MOCK_CONNECT_FINE:
    case MOCK_CONNECT_UNTRUSTED:
    case MOCK_CONNECT_EXPIRED:
    case MOCK_CONNECT_WRONG_HOST:
        break;
    }
    return SCN_DOOR_OPEN;
}

void scn_door_follow(struct scn_door *door)
{
    const enum mock_connect_fault fault = mock_server_connect_fault(door->server);
    count_shut(door, fault);
    door->state = mock_server_is_down(door->server) ? SCN_DOOR_CLOSED : state_of(fault);
}

void scn_door_reset(struct scn_door *door)
{
    mock_server_connect_strike(door->server);
    scn_door_follow(door);
}
