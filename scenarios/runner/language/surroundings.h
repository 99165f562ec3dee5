/** What goes wrong around the client of a scenario: on its disk, its wall clock, its lock. */
#ifndef SCN_SURROUNDINGS_H
#define SCN_SURROUNDINGS_H

#include <cogbase/document.h>

enum { SCN_STORAGE_FAULTS_MAX = 8, SCN_CLOCK_STEPS_MAX = 8 };

enum scn_storage_operation {
    SCN_STORAGE_APPEND,
    SCN_STORAGE_UPDATE,
    SCN_STORAGE_READ,
    SCN_STORAGE_LIST,
    SCN_STORAGE_PROBE,
};

enum scn_storage_failure {
    SCN_STORAGE_EIO,
    SCN_STORAGE_ENOSPC,
    SCN_STORAGE_EROFS,
    SCN_STORAGE_EACCES,
    SCN_STORAGE_SHORT_WRITE, /**< Half of it stays on the disk. */
};

/** The `nth` operation of that kind on such files fails, or each one from `from` on, or all. */
struct scn_storage_fault {
    enum scn_storage_operation operation;
    const char *file; /**< "audit.jsonl", "journal/…": a folder with all that is in it. */
    int nth;          /**< From 1; 0 for all. */
    int from;         /**< From 1; 0 for all. */
    enum scn_storage_failure failure;
};

/** From then on the wall clock shows so much more, or less, or goes so much faster, or slower. */
struct scn_clock_step {
    int64_t at_ms; /**< Since the start. */
    int64_t step_ms;
    int drift_percent; /**< In each second it gains so many hundredths of it. */
};

enum scn_lock_holder {
    SCN_LOCK_HOLDER_LIVING,
    SCN_LOCK_HOLDER_DEAD,
    SCN_LOCK_HOLDER_ELSEWHERE, /**< On another machine: nobody here can tell. */
};

/** Somebody else who has the target's lock. */
struct scn_other_holder {
    bool is_there;
    enum scn_lock_holder holder;
    int64_t from_ms;  /**< 0: when the client starts; later: the lock is taken out of its hands. */
    int64_t until_ms; /**< When it gives the lock back; INT64_MAX for never. */
};

/** `{0}` is a world in which all of that works. Texts are static. */
struct scn_surroundings {
    struct scn_storage_fault storage_faults[SCN_STORAGE_FAULTS_MAX];
    size_t storage_fault_count;
    struct scn_clock_step clock_steps[SCN_CLOCK_STEPS_MAX];
    size_t clock_step_count;
    struct scn_other_holder other_holder;
    bool tears_journal; /**< The newest journal loses the end of its last entry, before `then`. */
};

/** "append", …; never NULL. */
const char *scn_storage_operation_name(enum scn_storage_operation operation);

/** The `file` of a fault that is about that file, or that folder; NULL: there can be none. */
const char *scn_storage_file_of(const char *name);

/** "EIO", …; never NULL. */
const char *scn_storage_failure_name(enum scn_storage_failure failure);

/**
 * Reads `storage`, `clock`, `lock` and `journal` of a scenario's `client`; a list replaces the one
 * that is there.
 *
 * @param client NULL for none
 * @return COG_OK, or COG_ERROR_SYNTAX at the member that is wrong
 */
enum cog_code scn_surroundings_parse(const struct cog_document *document, const cJSON *client,
                                     struct scn_surroundings *inout_surroundings,
                                     struct cog_error *error) COG_CHECK;

#endif
