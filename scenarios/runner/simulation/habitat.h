/** The client's surroundings during a run: its disk, its wall clock and the lock, as scripted. */
#ifndef SCN_HABITAT_H
#define SCN_HABITAT_H

#include "judge/facts.h"
#include "language/surroundings.h"
#include "simulation/stepping_clock.h"
#include "simulation/troubled_storage.h"

/** Must outlive what it gives out, and not be moved. `{0}` is a world in which all is well. */
struct scn_habitat {
    const struct scn_surroundings *surroundings; /**< Borrowed. */
    struct cog_storage storage;                  /**< Without any trouble. */
    struct scn_other_lock other_lock;
    struct scn_stepping_clock clock;
    struct scn_troubled_storage troubled;
    bool journal_is_torn;
    struct scn_trouble unused[SCN_TROUBLES_MAX];
};

/** @param target_environment_id borrowed: whose lock it is */
void scn_habitat_init(struct scn_habitat *habitat, const struct scn_surroundings *surroundings,
                      struct cog_clock clock, struct cog_storage storage,
                      const char *target_environment_id);

/** What the client gets of it. */
struct cog_clock scn_habitat_clock(struct scn_habitat *habitat);
struct cog_storage scn_habitat_storage(struct scn_habitat *habitat);

/** Takes the end of the newest journal's last entry away, if the scenario says so. */
enum cog_code scn_habitat_tear_journal(struct scn_habitat *habitat,
                                       struct cog_error *error) COG_CHECK;

/**
 * What became of it, once the client has ended.
 *
 * @return COG_OK; COG_ERROR_INTERNAL: the other holder could not write its lock;
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_habitat_tell(struct scn_habitat *habitat, struct scn_facts *facts,
                               struct cog_error *error) COG_CHECK;

/** Releases what it noted. */
void scn_habitat_finish(struct scn_habitat *habitat);

#endif
