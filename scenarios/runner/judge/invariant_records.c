/* The rules about what the client leaves on its disk. */
#include "judge/audit.h"
#include "judge/journal.h"
#include "judge/judgement.h"
#include "judge/mandate.h"

#include <cogbase/json.h>

#include <string.h>

/* The acting calls of the API, promote first, and what the journal says before and after each. */
static const struct {
    const char *call;
    const char *intent;
    const char *result;
} ACTS[] = {
    {"promote", "intent promote", "result promote"},
    {"rollback", "intent rollback", "result rollback"},
    {"cancel", "intent cancel", "result cancel"},
};

static bool has_event(const struct scn_facts *facts, const char *name)
{
    for (size_t i = 0; i < facts->event_count; i++) {
        if (strcmp(facts->events[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static struct scn_judgement judge_journal(const struct scn_facts *facts)
{
    /* Whoever cannot write does not promote; but what has failed is rolled back all the same. */
    const size_t act_count = has_event(facts, "journal-failed") ? 1 : sizeof ACTS / sizeof ACTS[0];
    for (size_t i = 0; i < act_count; i++) {
        const size_t calls = scn_journal_count_calls(facts, ACTS[i].call);
        const size_t intents = scn_journal_count(facts->journals, ACTS[i].intent);
        const size_t results = scn_journal_count(facts->journals, ACTS[i].result);
        if (calls > intents) {
            return scn_judgement_fail("%zu calls of '%s', and the journal announced %zu", calls,
                                      ACTS[i].call, intents);
        }
        /* A process that is killed does not learn, and does not write down, what came of it. */
        if (!has_event(facts, "journal-failed") && calls > results + facts->process_count - 1) {
            return scn_judgement_fail("%zu calls of '%s', and the journal has %zu results", calls,
                                      ACTS[i].call, results);
        }
    }
    return scn_judgement_pass;
}

static struct scn_judgement judge_last_record(const struct scn_facts *facts)
{
    COG_CLEANUP(scn_audit_finish) struct scn_audit audit = {0};
    struct cog_error error = {0};
    if (scn_audit_parse(facts->audit, &audit, &error) != COG_OK) {
        return scn_judgement_fail("the audit file: %s", error.message);
    }
    const cJSON *outcome = cJSON_GetObjectItemCaseSensitive(audit.last, "outcome");
    const char *recorded = cJSON_GetStringValue(outcome);
    if (!scn_audit_tells(recorded, facts->report->outcome)) {
        return scn_judgement_fail("the last record says '%s', the client '%s'",
                                  recorded != NULL ? recorded : "nothing",
                                  cog_outcome_name(facts->report->outcome));
    }
    return scn_judgement_pass;
}

/* What the disk refused cannot be there; then the client has to say so. */
static bool may_lack_record(const struct scn_facts *facts)
{
    return facts->disk.audit_failed && !facts->report->audit_is_written;
}

static struct scn_judgement judge_audit(const struct scn_facts *facts)
{
    const enum cog_audit_verdict verdict = facts->audit_chain.verdict;
    if (may_lack_record(facts) && (verdict == COG_AUDIT_EMPTY || verdict == COG_AUDIT_TORN)) {
        return scn_judgement_pass;
    }
    if (scn_mandate_is_left(facts) && verdict == COG_AUDIT_EMPTY) {
        return scn_judgement_pass;
    }
    if (verdict != COG_AUDIT_INTACT) {
        const char *reason = facts->audit_chain.reason;
        return scn_judgement_fail("the audit file is %s%s%s", cog_audit_verdict_name(verdict),
                                  reason[0] != '\0' ? ": " : "", reason);
    }
    const bool is_due = scn_audit_is_due(facts) && !may_lack_record(facts);
    return is_due ? judge_last_record(facts) : scn_judgement_pass;
}

struct scn_judgement scn_judge_records(const struct scn_facts *facts)
{
    if (facts->process_count == 0) {
        return facts->audit_chain.verdict == COG_AUDIT_EMPTY
                   ? scn_judgement_idle
                   : scn_judgement_fail("there is a record, and nothing was run");
    }
    const struct scn_judgement record = judge_audit(facts);
    return record.result == SCN_PASS ? judge_journal(facts) : record;
}

/* The client that could not write there cannot release it either. */
struct scn_judgement scn_judge_lock(const struct scn_facts *facts)
{
    if (facts->rivalry.has_robbed) {
        return scn_judgement_fail("it took the target's lock while the other operator had it");
    }
    if (facts->lock_must_be_anothers) {
        return facts->lock_is_anothers
                   ? scn_judgement_pass
                   : scn_judgement_fail("the lock of another holder, who kept it, is gone");
    }
    const bool is_excused =
        facts->disk.lock_failed || scn_mandate_is_left(facts) || scn_mandate_is_kept_out(facts);
    if (facts->lock != COG_LOCK_FREE && !is_excused) {
        return scn_judgement_fail("the target's lock is %s", cog_lock_state_name(facts->lock));
    }
    return scn_judgement_pass_if(facts->process_count > 0);
}
