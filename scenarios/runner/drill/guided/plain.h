/** A guided drill as lines: one for each change, for logs, screen readers and tests. */
#ifndef SCN_PLAIN_H
#define SCN_PLAIN_H

#include "drill/guided/conductor.h"

#include <cogbase/text.h>

enum { SCN_PLAIN_TEXT_SIZE = 256 };

/** What was told already. `{0}`: nothing. */
struct scn_plain {
    bool has_begun;
    bool has_t0;
    enum scn_phase phase;
    bool was_same;
    int sessions;
    int progress_step;
    size_t begun_count; /**< Commands whose start was told. */
    size_t ended_count; /**< Commands in front of the first that runs yet. */
    size_t hint_count;
    char job[SCN_PLAIN_TEXT_SIZE];
    char notice[SCN_PLAIN_TEXT_SIZE];
};

/** Appends a line for each thing that is not as it was: "  1:05  job dep-1: running, 40 %". */
void scn_plain_append(struct scn_plain *plain, const struct scn_conductor_status *status,
                      struct cog_text *text);

/** What a person orders by a word ("hint", "done", "abort"), or its first letter. */
bool scn_plain_parse_order(const char *word, enum scn_order *out_order);

#endif
