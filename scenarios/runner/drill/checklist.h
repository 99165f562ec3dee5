/** What a drill asks of a run, point by point, and what came of it. */
#ifndef SCN_CHECKLIST_H
#define SCN_CHECKLIST_H

#include "drill/figures.h"
#include "judge/expectation.h"

struct scn_evidence;

enum {
    SCN_CHECKS_MAX = 24,
    SCN_CHECK_EVIDENCE_SIZE = 256,
};

/** By what a point of the checklist is judged; each has one. */
enum scn_check_kind {
    SCN_CHECK_EXPECT,    /**< Some members of `expect`. */
    SCN_CHECK_WITHIN,    /**< A figure is there and within its target. */
    SCN_CHECK_INVARIANT, /**< Rules, by their ids. */
    SCN_CHECK_LOG,       /**< The client logged one of these events. */
    SCN_CHECK_COMMAND,   /**< A person typed it; idle where none does. */
};

/** One point. Texts and nodes are borrowed from the file. */
struct scn_check {
    const char *id;   /**< A word; no two of a drill share one. */
    const char *text; /**< A sentence for people. */
    int weight;       /**< 1 to 100. */
    bool is_critical; /**< Where it fails the drill has failed, whatever the score. */
    enum scn_check_kind kind;
    struct scn_expectation expectation; /**< Of EXPECT. */
    bool has_exit;                      /**< Of that: the exit code counts. */
    enum scn_figure_id figure;          /**< Of WITHIN. */
    const cJSON
        *names; /**< Of INVARIANT, LOG, COMMAND: strings; commands are patterns (fnmatch). */
};

struct scn_checklist {
    struct scn_check items[SCN_CHECKS_MAX];
    size_t count;
};

/** What a point of the checklist rests on. */
struct scn_check_result {
    enum scn_result result;
    bool is_idle; /**< There was nothing to judge: neither counts nor costs. */
    char evidence[SCN_CHECK_EVIDENCE_SIZE]; /**< "audit record 2: failed; target's digest …" */
};

struct scn_check_results {
    struct scn_check_result items[SCN_CHECKS_MAX];
    size_t count;
};

/**
 * Reads the list strictly.
 *
 * @param node the member `checklist`
 * @return COG_OK or COG_ERROR_SYNTAX
 */
enum cog_code scn_checklist_parse(const struct cog_document *document, const cJSON *node,
                                  struct scn_checklist *out_checklist,
                                  struct cog_error *error) COG_CHECK;

/**
 * Judges each point; all are inconclusive where the run as such cannot be judged. Of a foreign
 * client only what can be seen from outside counts, and of rules in a guided drill that and our
 * client's own papers (I10, I12): the rest is idle. A figure
 * that is missing is not within its target.
 *
 * @param targets of the figures, as a drill has them
 */
void scn_checklist_judge(const struct scn_checklist *checklist, const struct scn_evidence *evidence,
                         const struct scn_figures *figures, const int64_t *targets,
                         struct scn_check_results *out_results);

/** The score, and what it means. */
struct scn_score {
    enum scn_result verdict; /**< Fail where any critical point does, or the mark is missed. */
    int points;              /**< Per cent of the weights, hints taken off; 0 to 100. */
    int hint_cost;
    const char *failed_check; /**< The id of the first critical one; NULL for none. */
};

/**
 * Idle points count nowhere. A point that could not be judged earns nothing, and a critical one
 * makes the verdict inconclusive, unless it has failed anyway.
 *
 * @param hint_cost of the hints that were taken
 */
struct scn_score scn_checklist_score(const struct scn_checklist *checklist,
                                     const struct scn_check_results *results, int pass_mark,
                                     int hint_cost);

#endif
