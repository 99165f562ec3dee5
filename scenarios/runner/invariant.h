/** The rules that hold after every run, whatever the scenario expects. */
#ifndef SCN_INVARIANT_H
#define SCN_INVARIANT_H

#include "facts.h"
#include "findings.h"

/** What a rule says about a run. */
struct scn_judgement {
    enum scn_result result;
    char text[SCN_FINDING_TEXT_SIZE]; /**< Why it is not a pass. */
};

struct scn_invariant {
    const char *id;   /**< "I1" */
    const char *rule; /**< One line. */
    struct scn_judgement (*judge)(const struct scn_facts *facts);
};

/** All of them; ends with a NULL id. */
const struct scn_invariant *scn_invariants(void);

/** Appends a finding for each one that is not a pass. */
void scn_invariants_judge(const struct scn_facts *facts, struct scn_findings *findings);

/* One function a rule; `scn_invariants` says what each is about. */
struct scn_judgement scn_judge_single_promotion(const struct scn_facts *facts);
struct scn_judgement scn_judge_sessions(const struct scn_facts *facts);
struct scn_judgement scn_judge_rollback_of_failure(const struct scn_facts *facts);
struct scn_judgement scn_judge_rollback_unasked(const struct scn_facts *facts);
struct scn_judgement scn_judge_exit_code(const struct scn_facts *facts);
struct scn_judgement scn_judge_records(const struct scn_facts *facts);
struct scn_judgement scn_judge_lock(const struct scn_facts *facts);
struct scn_judgement scn_judge_secrets(const struct scn_facts *facts);
struct scn_judgement scn_judge_keys(const struct scn_facts *facts);
struct scn_judgement scn_judge_unknown(const struct scn_facts *facts);
struct scn_judgement scn_judge_duration(const struct scn_facts *facts);
struct scn_judgement scn_judge_pace(const struct scn_facts *facts);
struct scn_judgement scn_judge_webhook(const struct scn_facts *facts);
struct scn_judgement scn_judge_reason(const struct scn_facts *facts);

#endif
