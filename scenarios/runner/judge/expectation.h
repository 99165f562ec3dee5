/** The member `expect` of a scenario: what its author says must come out. */
#ifndef SCN_EXPECTATION_H
#define SCN_EXPECTATION_H

#include "judge/facts.h"
#include "judge/findings.h"

#include <cogbase/document.h>

enum { SCN_CALLS_MAX = 24 };

/** Both limits are included. */
struct scn_range {
    bool is_set; /**< False: anything goes. */
    int64_t minimum;
    int64_t maximum; /**< INT64_MAX for no limit. */
};

/** How many requests, by call. */
struct scn_counts {
    struct scn_range calls[SCN_CALLS_MAX]; /**< In the order of `mock_call_names`. */
    struct scn_range others;               /**< All calls that are not set, together. */
};

enum scn_target {
    SCN_TARGET_ANY,
    SCN_TARGET_UNCHANGED, /**< As at the start. */
    SCN_TARGET_PROMOTED,  /**< As the source is now. */
    SCN_TARGET_CHANGED,   /**< Neither. */
};

/** Of the second operator; `{0}`: nothing. */
struct scn_second_expectation {
    bool is_set;
    int exit_code;
    const char *outcome;
    const char *reason; /**< A part of the report's; "": it has none. */
    const char *step;
};

/** Texts are borrowed from the document; NULL for not set. */
struct scn_expectation {
    int exit_code;
    bool exit_is_free; /**< Any exit code goes: `exit_code` is not looked at. */
    const char *outcome;
    const char *reason;    /**< A part of the report's; "": it has none. */
    const char *follow_up; /**< The same, of what failed after the reason. */
    const char *step;
    struct scn_counts calls;
    struct scn_counts applied;
    enum scn_target target;
    struct scn_range audit_records;
    const char *audit_status;  /**< Of the last record. */
    const char *audit_outcome; /**< Of the last record. */
    struct scn_range deliveries;
    const char *webhook_event; /**< Of the last delivery. */
    bool parity_is_set;
    bool parity_is_measured;
    double parity_score;
    struct scn_range elapsed_ms;
    const cJSON *log; /**< Event names in order; borrowed. */
    struct scn_second_expectation second;
};

/**
 * Reads it strictly.
 *
 * @param node the member `expect`
 * @return COG_OK or COG_ERROR_SYNTAX
 */
enum cog_code scn_expectation_parse(const struct cog_document *document, const cJSON *node,
                                    struct scn_expectation *out_expectation,
                                    struct cog_error *error) COG_CHECK;

/**
 * As above, on top of what is there already: members that `node` lacks stay as they are.
 *
 * @param inout_expectation undefined after a failure
 */
enum cog_code scn_expectation_apply(const struct cog_document *document, const cJSON *node,
                                    struct scn_expectation *inout_expectation,
                                    struct cog_error *error) COG_CHECK;

/** Appends one finding for each difference: "expected 3, got 1". */
void scn_expectation_compare(const struct scn_expectation *expectation,
                             const struct scn_facts *facts, struct scn_findings *findings);

/** The same of the second operator, by its own facts. */
void scn_expectation_compare_second(const struct scn_second_expectation *expectation,
                                    const struct scn_facts *facts, struct scn_findings *findings);

/** Of that, what the fake knows by itself: calls, what was applied, the target's content. */
void scn_expectation_compare_world(const struct scn_expectation *expectation,
                                   const struct scn_facts *facts, struct scn_findings *findings);

#endif
