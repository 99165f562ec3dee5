/**
 * When what happened in a rehearsal: from the fault to the notice, once as the server knows it and
 * once as the client's own papers tell it. Each of both is read for itself: where they differ, one
 * of them has something to explain.
 *
 * By the server, of the client's own requests and jobs alone, since T0:
 *
 * T0 the first inject that struck, death of the client or start of a second operator; where there
 *    is none of these, the first request that a fault struck, else the first job that failed.
 * Tv when a job failed by itself, unless another process had taken up a dead one's run before;
 *    else when the second operator's job began; else T0.
 * T1 the end of the first answer, behind no own cancellation or rollback, that told of it: spoilt
 *    by a fault, a job's status "failed", "rolling_back", "rolled_back" or "rollback_failed", a
 *    refusal, active sessions, another one's job in the list; or the start of the process that
 *    takes up a dead one's run. Where none did: the last measurement of the content behind a job
 *    that completed, if it was not taken for promoted; of a job that stands still the last look
 *    before it was given up; of a person the first command.
 * T2 the first request behind T1; behind a job's status the first one that is neither a look at
 *    the job nor for a token, because those go on anyway.
 * T3 the first rollback; where there is none, the first cancellation.
 * T4 when it, or one of its repeats, was accepted: also where a fault hid the answer.
 * T5 the end of the last rollback; where none was sent, that of the last job. A rollback that was
 *    refused, or still runs, ended nothing.
 * T6 the end of the last look at the target or the job, from T5 on, before the webhook and before
 *    the next command. Where nothing ended and nothing was accepted: of the last answer from T3
 *    (else T1, else T0) on. Never where the client says unknown, interrupted or internal.
 * T7 the first delivery from T6 on; where there is none, from T5, else T0.
 *
 * By the client's journals, from the first entry since T0 (of a clock that was set back: of all):
 *
 * T1 an entry that has a job's status as above, or is as T2.
 * T2 an entry with a reason, of a state that nobody enters without one (settle, inspect, stop,
 *    roll_back, follow_rollback, verify_restored), of a process that resumes, or with a webhook
 *    that was not delivered.
 * T3 "intent rollback", else "intent cancel". T4 its result, of a rollback once it is accepted.
 * T5 an entry behind T4 whose job is rolled back, or failed at that; without T3 one whose job
 * ended. T6 "end", behind T3, unless unknown, interrupted or internal; else the last audit record.
 * T7 "closed" behind that, with the webhook delivered.
 */
#ifndef SCN_DRILL_TIMELINE_H
#define SCN_DRILL_TIMELINE_H

#include "drill/evidence.h"

enum { SCN_MILESTONE_EVIDENCE_SIZE = 160 };

enum scn_milestone_id {
    SCN_MILESTONE_APPLIED, /**< T0: the fault was applied: an inject, a death, a second operator, or
                                the first fault that struck; server only. */
    SCN_MILESTONE_VISIBLE, /**< Tv: from then on the API could have told it. */
    SCN_MILESTONE_SEEN,    /**< T1: the client was first told. */
    SCN_MILESTONE_RECOGNISED, /**< T2: it took it for a failure. */
    SCN_MILESTONE_SENT, /**< T3: the rollback (where there is none: the cancellation) was sent. */
    SCN_MILESTONE_ACCEPTED, /**< T4: it was accepted. */
    SCN_MILESTONE_ENDED,    /**< T5: it ended on the server. */
    SCN_MILESTONE_VERIFIED, /**< T6: the client had verified the target, or was sure of its end. */
    SCN_MILESTONE_NOTIFIED, /**< T7: the webhook was delivered. */
};
enum { SCN_MILESTONE_COUNT = SCN_MILESTONE_NOTIFIED + 1 };

struct scn_milestone {
    int64_t server_ms; /**< Since the start, by the server's truth; -1: it never came. */
    int64_t client_ms; /**< The same, by the client's journal and audit; -1: they do not tell. */
    char server_evidence[SCN_MILESTONE_EVIDENCE_SIZE]; /**< "request 17: status 200 failed" */
    char client_evidence[SCN_MILESTONE_EVIDENCE_SIZE]; /**< "journal line 12: state roll_back" */
};

struct scn_timeline {
    struct scn_milestone milestones[SCN_MILESTONE_COUNT];
    /** How long the target served mixed content: of each own job from its first change on, to its
     * end, or to that of the rollback that took it back; of the last one to the end of the run
     * while `is_mixed_yet`. */
    int64_t mixed_ms;
    bool is_mixed_yet; /**< At the end it is neither as at the start nor as the source. */
};

/** "T0", "Tv", "T1", … */
const char *scn_milestone_code(enum scn_milestone_id id);

/** "fault applied", … for people. */
const char *scn_milestone_text(enum scn_milestone_id id);

/** @return COG_OK; COG_ERROR_MEMORY. A journal that cannot be read tells nothing. */
enum cog_code scn_timeline_read(const struct scn_evidence *evidence,
                                struct scn_timeline *out_timeline,
                                struct cog_error *error) COG_CHECK;

#endif
