/**
 * What is known after a rehearsal, for its judges: the facts of the run, and what a person did.
 * Plain data without ownership, so that a test can forge it.
 */
#ifndef SCN_EVIDENCE_H
#define SCN_EVIDENCE_H

#include "judge/facts.h"

/** A command that a person typed. */
struct scn_typed {
    int64_t at_ms;    /**< Of the fake's time, as the facts have it. */
    int64_t until_ms; /**< When it ended; -1: it runs yet. */
    int exit_code;    /**< 128 and the number of the signal that ended it; -1: it runs yet. */
    const char *line; /**< "cogpromote status", without the path of the program. */
};

struct scn_evidence {
    const struct scn_facts *facts;
    /* How the times in the client's own papers become those of the facts. */
    int64_t start_unix_ms; /**< The client's wall clock at the facts' time 0. */
    double scale;          /**< How many of the facts' milliseconds one of the client's takes. */
    /* Of a person; nothing of these where the client recovers by itself. */
    bool is_guided;
    const struct scn_typed *typed;
    size_t typed_count;
    int hint_cost;
    bool is_aborted; /**< By the person, or by a stop condition: `abort_reason`. */
    const char *abort_reason;
};

#endif
