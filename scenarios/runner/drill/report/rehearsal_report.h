/**
 * The report of a drill as JSON: what the page, the history and other programs read. In automatic
 * mode it is byte-identical for the same drill, seeds and program.
 */
#ifndef SCN_REHEARSAL_REPORT_H
#define SCN_REHEARSAL_REPORT_H

#include "drill/rehearsal.h"

/*
 * format "cogdrill-rehearsal", version 1, tool_version
 * drill: {id, file, name, description, digest, hypothesis, roles: [{name, text}], situation, task,
 *     pass_mark}; digest is the SHA-256 of the file with its comments blanked out
 * mode: "automatic", "guided" (there is no report of a tabletop)
 * client: null, or the command of a foreign one; transport: "memory", "wire"
 * held_at: RFC 3339 of a guided one, else null; operator: who took part, or null
 * seeds: {first, count}; shown_seed: of the run that is shown: the first that failed, else the
 *     first that could not be judged, else the first of all
 * verdict: "pass", "fail", "inconclusive", conditions counted; failed_check: the critical one that
 *     decided, else of a drill that failed by a condition alone that one, as "fail-if recover.p95 >
 *     90s", or null; aborted: null or why
 * score: {points, median, minimum, hint_cost, pass_mark}; points are the shown run's
 * figures: [{name, text, unit: "ms" | "count", target (null), met (whether each run is within; one
 *     that never came so far is not; null: there is no target, or nobody can tell), count (runs
 *     that have it), median, p95, minimum, maximum, server, client, difference}]; the last three
 *     are the shown run's, those before them of the server's truth, or of the client's papers where
 *     that is not known; difference is client - server, null where either is not known
 * milestones: [{code, text, server, client, difference, server_evidence, client_evidence}] in ms
 *     since the start of the shown run
 * mixed: {ms, yet}
 * checklist: [{id, text, weight, critical, result, idle, evidence, passed, failed, inconclusive}];
 *     result and evidence are the shown run's, the last three count all runs
 * findings: [{result, check, text}] of the shown run
 * injects: [{name, text, at}] as they struck, ms since the start; at is null: it did not
 * commands: [{at, until, exit, line}] that a person typed
 * outcome: {exit, outcome, target, reason}: the client's last word beside
 * truth: {source: {start, now}, target: {start, now}, jobs: [{id, status, …}]} as in a record
 * audit: {before: {seq, checksum} | null, after: {seq, checksum} | null, verdict: "intact", …,
 *     reason, records}; the last three are null where nobody looked; with `before` the verdict is
 *     also whether the chain goes on from there
 * record: the whole record of the shown run (report/record.h), always with the client's journal;
 *     null where there is none
 * surprises: [text]; actions: [{text, owner, due}]: what people typed in at the end
 * trend: [{held_at, mode, verdict, points, recover (median), p95}] of earlier ones of this drill,
 *     oldest first
 * replay: the command that runs it again
 */

struct scn_drill_action {
    const char *text;
    const char *owner; /**< "" for nobody yet. */
    const char *due;   /**< "2026-12-01"; "" for no date yet. */
};

/** An end of the audit chain. */
struct scn_drill_anchor {
    bool is_there;
    int64_t sequence;
    char checksum[COG_CHECKSUM_SIZE];
};

/** All that a report is made of; everything is borrowed. */
struct scn_drill_report {
    const struct scn_drill *drill;
    const char *mode;      /**< "automatic", "guided". */
    const char *client;    /**< NULL: ours. */
    const char *transport; /**< "memory", "wire". */
    const char *held_at;   /**< NULL for none; `operator_name` too. */
    const char *operator_name;
    const struct scn_rehearsal *rehearsals; /**< One a seed, in their order. */
    size_t rehearsal_count;
    enum scn_result conditions;          /**< What was made of it by conditions on its figures. */
    const char *failed_condition;        /**< The first that is met; NULL for none. */
    const struct scn_evidence *evidence; /**< Of the shown one, of people; NULL for none. */
    struct scn_drill_anchor audit_before;
    const char *const *surprises;
    size_t surprise_count;
    const struct scn_drill_action *actions;
    size_t action_count;
    const cJSON *trend; /**< An array; NULL for none. */
    const char *replay;
};

/** The index of the run that is shown. */
size_t scn_drill_report_shown(const struct scn_drill_report *report);

/** What one run came to: its score, and whether it broke any rule. */
enum scn_result scn_drill_report_result(const struct scn_rehearsal *rehearsal);

/** The verdict of all: any failure, also by a condition, fails, then anything inconclusive; as is
 * what was aborted. */
enum scn_result scn_drill_report_verdict(const struct scn_drill_report *report);

/** @param out_json owned by the caller @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL */
enum cog_code scn_drill_report_json(const struct scn_drill_report *report, cJSON **out_json,
                                    struct cog_error *error) COG_CHECK;

#endif
