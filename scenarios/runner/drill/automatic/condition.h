/** What somebody does not want the figures of a drill to be: "recover.p95 > 90s". */
#ifndef SCN_CONDITION_H
#define SCN_CONDITION_H

#include "drill/automatic/statistics.h"
#include "drill/figures.h"

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stdint.h>

enum { SCN_CONDITIONS_MAX = 32 };

enum scn_comparison {
    SCN_COMPARISON_LESS,
    SCN_COMPARISON_AT_MOST,
    SCN_COMPARISON_MORE,
    SCN_COMPARISON_AT_LEAST,
    SCN_COMPARISON_EQUAL,
};

/** FIGURE.STATISTIC OPERATOR VALUE, as it was read. */
struct scn_condition {
    const char *text; /**< As it was typed; borrowed. */
    bool is_score;    /**< About the points; else about `figure`. */
    enum scn_figure_id figure;
    enum scn_statistic statistic;
    enum scn_comparison comparison;
    int64_t value; /**< Milliseconds of a duration, else a number. */
};

/**
 * Spaces around the operator may be left out.
 *
 * @param text outlives `out_condition`
 * @return COG_OK, or COG_ERROR_SYNTAX with what was expected
 */
enum cog_code scn_condition_parse(const char *text, struct scn_condition *out_condition,
                                  struct cog_error *error) COG_CHECK;

/** Whether it is a duration that is compared; else it is a number. */
bool scn_condition_is_duration(const struct scn_condition *condition);

/** Whether a value is as the condition has it. */
bool scn_condition_is_met(const struct scn_condition *condition, int64_t value);

#endif
