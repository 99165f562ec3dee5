#include "simulation/habitat.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { JOURNAL_NAME_SIZE = 128 };

void scn_habitat_init(struct scn_habitat *habitat, const struct scn_surroundings *surroundings,
                      struct cog_clock clock, struct cog_storage storage,
                      const char *target_environment_id)
{
    *habitat = (struct scn_habitat){
        .surroundings = surroundings,
        .storage = storage,
        .other_lock =
            {
                .holder = surroundings->other_holder,
                .storage = storage,
                .clock = clock,
                .target_environment_id = target_environment_id,
                .self = scn_other_lock_self(surroundings->other_holder.holder),
            },
        .clock =
            {
                .inner = clock,
                .steps = surroundings->clock_steps,
                .count = surroundings->clock_step_count,
            },
        .troubled =
            {
                .inner = storage,
                .faults = surroundings->storage_faults,
                .count = surroundings->storage_fault_count,
                .lock = &habitat->other_lock,
            },
    };
}

struct cog_clock scn_habitat_clock(struct scn_habitat *habitat)
{
    return scn_stepping_clock(&habitat->clock);
}

struct cog_storage scn_habitat_storage(struct scn_habitat *habitat)
{
    return scn_troubled_storage(&habitat->troubled);
}

/* Half of the last line, as a crash in the middle of its writing leaves it. */
static enum cog_code compose_torn(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    bool *is_torn = context;
    size_t start = existing_length > 0 ? existing_length - 1 : 0;
    while (start > 0 && existing[start - 1] != '\n') {
        start--;
    }
    *is_torn = existing_length > 0;
    *out_text = strndup(existing, start + (existing_length - start) / 2);
    return *out_text != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code scn_habitat_tear_journal(struct scn_habitat *habitat, struct cog_error *error)
{
    if (!habitat->surroundings->tears_journal) {
        return COG_OK;
    }
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(habitat->storage, "journal", &names, error);
    if (code != COG_OK || names.count == 0) {
        return code;
    }
    char name[JOURNAL_NAME_SIZE];
    (void)snprintf(name, sizeof name, "journal/%s", names.items[names.count - 1]);
    const struct cog_storage_composer composer = {
        .compose = compose_torn,
        .context = &habitat->journal_is_torn,
    };
    return cog_storage_update(habitat->storage, name, composer, error);
}

static void COG_PRINTF(3, 4)
    add_unused(struct scn_habitat *habitat, struct scn_facts *facts, const char *format, ...)
{
    assert(facts->unused_trouble_count < SCN_TROUBLES_MAX);
    struct scn_trouble *trouble = &habitat->unused[facts->unused_trouble_count++];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(trouble->text, sizeof trouble->text, format, list);
    va_end(list);
}

static void tell_disk(struct scn_habitat *habitat, struct scn_facts *facts)
{
    for (size_t i = 0; i < habitat->troubled.count; i++) {
        const struct scn_storage_fault *fault = &habitat->troubled.faults[i];
        if (habitat->troubled.is_struck[i]) {
            facts->disk.audit_failed |= strncmp(fault->file, "audit", 5) == 0;
            facts->disk.journal_failed |= strncmp(fault->file, "journal", 7) == 0;
            facts->disk.outbox_failed |= strncmp(fault->file, "outbox", 6) == 0;
            facts->disk.lock_failed |= strncmp(fault->file, "locks", 5) == 0;
            continue;
        }
        char number[32] = "";
        if (fault->nth > 0 || fault->from > 0) {
            (void)snprintf(number, sizeof number, " %s %d", fault->nth > 0 ? "nth" : "from",
                           fault->nth > 0 ? fault->nth : fault->from);
        }
        add_unused(habitat, facts, "storage: %s '%s'%s: %s",
                   scn_storage_operation_name(fault->operation), fault->file, number,
                   scn_storage_failure_name(fault->failure));
    }
}

static void tell_clock(struct scn_habitat *habitat, struct scn_facts *facts)
{
    for (size_t i = 0; i < habitat->clock.count; i++) {
        char at[COG_DURATION_TEXT_SIZE];
        if (!habitat->clock.is_seen[i]) {
            const struct scn_clock_step *step = &habitat->clock.steps[i];
            add_unused(habitat, facts, "clock: the %s at %s",
                       step->drift_percent != 0 ? "drift" : "step",
                       cog_duration_format(step->at_ms, at));
        }
    }
}

static enum cog_code tell_lock(struct scn_habitat *habitat, struct scn_facts *facts,
                               struct cog_error *error)
{
    const struct scn_other_lock *other = &habitat->other_lock;
    struct cog_lock lock = {0};
    if (!other->holder.is_there) {
        return COG_OK;
    }
    if (!other->is_seen) {
        add_unused(habitat, facts, "lock: %s",
                   other->holder.from_ms > 0 ? "the theft" : "the other holder");
    }
    if (other->is_seen && other->holder.until_ms != INT64_MAX && !other->is_seen_after) {
        add_unused(habitat, facts, "lock: its being given back");
    }
    enum cog_code code =
        cog_lock_read(habitat->storage, other->target_environment_id, &lock, error);
    facts->lock_is_anothers = code == COG_OK && scn_other_lock_is(&lock);
    facts->lock_must_be_anothers = scn_other_lock_must_stay(other);
    if (other->has_failed) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "the other holder cannot write its lock");
    }
    return code;
}

enum cog_code scn_habitat_tell(struct scn_habitat *habitat, struct scn_facts *facts,
                               struct cog_error *error)
{
    facts->unused_troubles = habitat->unused;
    facts->unused_trouble_count = 0;
    facts->operations = habitat->troubled.done.items;
    facts->operation_count = habitat->troubled.done.count;
    if (habitat->troubled.done.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    tell_disk(habitat, facts);
    tell_clock(habitat, facts);
    if (habitat->surroundings->tears_journal && !habitat->journal_is_torn) {
        add_unused(habitat, facts, "journal: 'torn', which 'then' has to follow");
    }
    return tell_lock(habitat, facts, error);
}

void scn_habitat_finish(struct scn_habitat *habitat)
{
    scn_operations_finish(&habitat->troubled.done);
}
