/** What is told of a campaign: TAP line by line, its results as JSON, and a summary. */
#ifndef SCN_ACCOUNT_H
#define SCN_ACCOUNT_H

#include "torture/campaign.h"

#include "report/json_text.h"

/** Set the first two; the rest starts as zero, which is safe to finish. */
struct scn_account {
    FILE *tap; /**< Borrowed. */
    uint64_t seed;
    size_t point_counts[SCN_TORTURE_KIND_COUNT];
    size_t counts[SCN_INCONCLUSIVE + 1]; /**< Of points, by what was found there. */
    size_t skipped_count;                /**< Lines that were not tried, or not to their end. */
    struct scn_json_text lines;          /**< The members of "series" so far. */
    struct scn_json_text harms;          /**< Those of "failures". */
    bool failed;                         /**< There was no memory to tell something. */
};

/** The plan, for so many lines. */
void scn_account_begin(const struct scn_account *account, size_t line_count);

/** Tells a line. @param context a `struct scn_account`, as `hear` of a campaign has it */
void scn_account_hear(void *context, const struct scn_campaign_line *line);

/**
 * All of it as JSON: {format, version, tool_version, seed, step, points, counts, series, failures}.
 *
 * @param step every so many points were tried
 */
void scn_account_format_json(const struct scn_account *account, int step, struct cog_text *text);

/** "4120 points: 0 failed, 0 inconclusive; memory 1702, storage 3240, kills 280; 12.30 s" */
void scn_account_write_summary(const struct scn_account *account, int64_t real_ms, FILE *stream);

/** Any failure fails; else anything inconclusive, and nothing at all, is inconclusive. */
enum scn_result scn_account_verdict(const struct scn_account *account);

void scn_account_finish(struct scn_account *account);

#endif
