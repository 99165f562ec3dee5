#include "simulation/strikes.h"

#include <cogmock/faults.h>

#include <string.h>

void scn_strikes_add_kill(struct scn_cells *strikes, const struct scn_kill *kill)
{
    const struct scn_death *death = &kill->death;
    const bool is_in = scn_death_is_within_write(death);
    scn_cells_note(strikes, "client/sigkill_%s",
                   death->after_request > 0 ? "after_request"
                   : death->after_event > 0 ? "after_event"
                   : is_in                  ? "in_journal"
                                            : "after_journal");
    if (kill->is_moved) {
        scn_cells_note(strikes, "client/moved");
    }
}

static void add_lock(struct scn_cells *strikes, const struct scn_other_lock *lock)
{
    static const char *const names[] = {
        [SCN_LOCK_HOLDER_LIVING] = "living",
        [SCN_LOCK_HOLDER_DEAD] = "dead",
        [SCN_LOCK_HOLDER_ELSEWHERE] = "elsewhere",
    };
    if (lock->is_seen) {
        scn_cells_note(strikes, "client/lock_%s",
                       lock->holder.from_ms > 0 ? "stolen" : names[lock->holder.holder]);
    }
}

void scn_strikes_add_habitat(struct scn_cells *strikes, const struct scn_habitat *habitat)
{
    for (size_t i = 0; i < habitat->troubled.count; i++) {
        if (habitat->troubled.is_struck[i]) {
            scn_cells_note(strikes, "client/storage_%s",
                           scn_storage_failure_name(habitat->troubled.faults[i].failure));
        }
    }
    for (size_t i = 0; i < habitat->clock.count; i++) {
        if (habitat->clock.is_seen[i]) {
            const struct scn_clock_step *step = &habitat->clock.steps[i];
            scn_cells_note(strikes, "client/clock_%s",
                           step->step_ms + step->drift_percent > 0 ? "forward" : "back");
        }
    }
    if (habitat->journal_is_torn) {
        scn_cells_note(strikes, "client/journal_torn");
    }
    add_lock(strikes, &habitat->other_lock);
}

void scn_strikes_add_connections(struct scn_cells *strikes, const struct mock_server *server)
{
    for (size_t i = 0; i < mock_server_fault_count(server); i++) {
        const struct mock_fault_state fault = mock_server_fault(server, i);
        if (strcmp(fault.phase, "connect") == 0 && fault.struck_count > 0) {
            scn_cells_note(strikes, "fault/%s/connect", fault.name);
        }
    }
}
