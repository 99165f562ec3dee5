/** The rules that hold after every run, whatever the scenario expects. */
#ifndef SCN_INVARIANT_H
#define SCN_INVARIANT_H

#include "judge/facts.h"
#include "judge/findings.h"

enum { SCN_INVARIANTS_MAX = 20 };

/** What a rule says about a run. */
struct scn_judgement {
    enum scn_result result;
    bool is_idle; /**< A pass because the run had nothing that the rule is about. */
    char text[SCN_FINDING_TEXT_SIZE]; /**< Why it is not a pass. */
};

struct scn_invariant {
    const char *id;   /**< "I1" */
    const char *rule; /**< One line. */
    struct scn_judgement (*judge)(const struct scn_facts *facts);
};

/** All of them; ends with a NULL id. */
const struct scn_invariant *scn_invariants(void);

/** How each of them came out, in their order. */
struct scn_rulings {
    struct scn_ruling {
        const char *id; /**< "I1"; static. */
        enum scn_result result;
        bool is_idle; /**< As in `struct scn_judgement`. */
    } items[SCN_INVARIANTS_MAX];
    size_t count;
};

/**
 * Appends a finding for each one that is not a pass.
 *
 * @param out_rulings NULL for nobody who asks
 */
void scn_invariants_judge(const struct scn_facts *facts, struct scn_findings *findings,
                          struct scn_rulings *out_rulings);

/** What a run is compared by with another one of its scenario. Borrows from the facts. */
void scn_twin_read(const struct scn_facts *facts, struct scn_twin *out_twin);

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
struct scn_judgement scn_judge_kills(const struct scn_facts *facts);
struct scn_judgement scn_judge_recovery(const struct scn_facts *facts);
struct scn_judgement scn_judge_leftovers(const struct scn_facts *facts);
struct scn_judgement scn_judge_reason(const struct scn_facts *facts);
struct scn_judgement scn_judge_rivalry(const struct scn_facts *facts);

#endif
