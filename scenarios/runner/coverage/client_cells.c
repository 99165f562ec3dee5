/* client/WHAT: what strikes the client itself, and connections, of which there is no exchange. */
#include "coverage/dimension.h"

#include <signal.h>

void scn_list_client(struct scn_cells *cells)
{
    static const char *const names[] = {
        "sigint",
        "sigterm",
        "sigkill_after_journal",
        "sigkill_in_journal",
        "sigkill_after_request",
        "sigkill_after_event",
        "moved",
        "allocation_fails",
        "storage_EIO",
        "storage_ENOSPC",
        "storage_EROFS",
        "storage_EACCES",
        "storage_short_write",
        "clock_forward",
        "clock_back",
        "lock_living",
        "lock_dead",
        "lock_elsewhere",
        "lock_stolen",
        "journal_torn",
        NULL,
    };
    for (int i = 0; names[i] != NULL; i++) {
        scn_cells_note(cells, "client/%s", names[i]);
    }
}

void scn_reach_client(const struct scn_facts *facts, const struct scn_rulings *rulings,
                      struct scn_cells *cells)
{
    (void)rulings;
    if (facts->signal_number == SIGINT || facts->signal_number == SIGTERM) {
        scn_cells_note(cells, "client/%s", facts->signal_number == SIGINT ? "sigint" : "sigterm");
    }
    for (size_t i = 0; facts->strikes != NULL && i < facts->strikes->count; i++) {
        scn_cells_note(cells, "%s", facts->strikes->items[i]);
    }
}
