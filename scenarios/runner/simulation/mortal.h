/**
 * Seams of a client that is killed at a chosen point: from there on nothing that it does reaches
 * the wire or the disk, as if its process were gone; what the world and the disk hold by then
 * stays.
 */
#ifndef SCN_MORTAL_H
#define SCN_MORTAL_H

#include <cogpromote/client.h>

/** When death comes; 0 and NULL for never. One of them is set. */
struct scn_death {
    int after_journal_write;   /**< The n-th one is on disk, and nothing follows. */
    int in_journal_write;      /**< Half of the n-th one is on disk. */
    int after_request;         /**< The n-th one was sent; nobody sees its answer. */
    int after_event;           /**< The n-th one was logged, and nothing follows. */
    const char *after_journal; /**< The first entry of that event: "intent promote", "state end". */
    const char *in_journal;    /**< Half of that entry is on disk. */
};

/** Set `inner`, `death` and `self`; the rest starts as zero. Must outlive the seams. */
struct scn_mortal {
    struct cog_seams inner;
    struct scn_death death;
    struct cog_holder self; /**< Who this process is; others on its host live if `inner` says so. */
    int journal_write_count;
    int request_count;
    int event_count;
    bool is_dead;
};

/** Whether it comes within a write to the journal. */
bool scn_death_is_within_write(const struct scn_death *death);

/** The seams to give to the client. */
struct cog_seams scn_mortal_seams(struct scn_mortal *mortal);

#endif
