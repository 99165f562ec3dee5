/* What the client's own papers tell of the milestones. */
#include "drill/timeline_part.h"

#include "judge/audit.h"

#include <cogbase/json.h>
#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_SIZE = 32, SECOND_MS = 1000 };

/* One line of a journal. */
struct entry {
    size_t line; /* From 1, of all journals one behind the other. */
    int64_t at_ms;
    int64_t audit_sequence;
    char event[WORD_SIZE];
    char state[WORD_SIZE];
    char job_status[WORD_SIZE];
    char outcome[WORD_SIZE];
    char webhook[WORD_SIZE];
    bool has_reason;
    bool rollback_is_accepted;
};

struct journal {
    struct entry *entries;
    size_t count;
    int64_t applied_ms; /* T0 by the server. */
};

static void journal_finish(struct journal *journal)
{
    free(journal->entries);
}

static int64_t to_facts_ms(const struct scn_evidence *evidence, int64_t unix_ms)
{
    const double scale = evidence->scale > 0 ? evidence->scale : 1;
    return (int64_t)llround((double)(unix_ms - evidence->start_unix_ms) * scale);
}

static void copy_word(const cJSON *object, const char *name, char buffer[WORD_SIZE])
{
    const char *word = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    (void)snprintf(buffer, WORD_SIZE, "%s", word != NULL ? word : "");
}

/* @return false for a line that says nothing: it was cut short, or is no entry */
static bool read_entry(const struct scn_evidence *evidence, const char *line, size_t length,
                       struct entry *entry)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    if (cog_json_parse_object(line, length, &json, NULL) != COG_OK) {
        return false;
    }
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(json, "at_unix_ms");
    const cJSON *run = cJSON_GetObjectItemCaseSensitive(json, "run");
    const cJSON *report = cJSON_GetObjectItemCaseSensitive(json, "report");
    const cJSON *sequence = cJSON_GetObjectItemCaseSensitive(report, "audit_seq");
    const char *reason = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(report, "reason"));
    if (!cJSON_IsNumber(at)) {
        return false;
    }
    entry->at_ms = to_facts_ms(evidence, (int64_t)at->valuedouble);
    entry->audit_sequence = cJSON_IsNumber(sequence) ? (int64_t)sequence->valuedouble : -1;
    entry->has_reason = reason != NULL && reason[0] != '\0';
    entry->rollback_is_accepted =
        cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(run, "rollback_is_accepted"));
    copy_word(json, "event", entry->event);
    copy_word(run, "state", entry->state);
    copy_word(cJSON_GetObjectItemCaseSensitive(json, "job"), "status", entry->job_status);
    copy_word(report, "outcome", entry->outcome);
    copy_word(report, "webhook", entry->webhook);
    return true;
}

static size_t count_lines(const char *text)
{
    size_t count = 1;
    for (; *text != '\0'; text++) {
        count += *text == '\n' ? 1 : 0;
    }
    return count;
}

static enum cog_code read_journal(const struct scn_evidence *evidence, struct journal *out_journal,
                                  struct cog_error *error)
{
    const char *text = evidence->facts->journals != NULL ? evidence->facts->journals : "";
    struct journal journal = {.applied_ms = -1};
    size_t number = 0;
    journal.entries = calloc(count_lines(text), sizeof *journal.entries);
    if (journal.entries == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        struct entry entry = {.line = ++number};
        if (read_entry(evidence, text, length, &entry)) {
            journal.entries[journal.count++] = entry;
        }
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    *out_journal = journal;
    return COG_OK;
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strcmp(*words, word) == 0) {
            return true;
        }
    }
    return false;
}

/* It took something for a failure: it says why, or does what it does only then. */
static bool is_alarmed(const struct entry *entry)
{
    static const char *const states[] = {
        "settle", "inspect", "stop", "roll_back", "follow_rollback", "verify_restored", NULL,
    };
    static const char *const events[] = {"resume", "intent cancel", "intent rollback", NULL};
    static const char *const deliveries[] = {"kept", "failed", NULL};
    return entry->has_reason || is_one_of(entry->state, states) ||
           is_one_of(entry->event, events) || is_one_of(entry->webhook, deliveries);
}

static bool has_seen(const struct entry *entry)
{
    static const char *const words[] = {
        "failed", "rolling_back", "rolled_back", "rollback_failed", NULL,
    };
    return is_alarmed(entry) || is_one_of(entry->job_status, words);
}

static bool is_rollback_sent(const struct entry *entry)
{
    return strcmp(entry->event, "intent rollback") == 0;
}

static bool is_cancel_sent(const struct entry *entry)
{
    return strcmp(entry->event, "intent cancel") == 0;
}

static bool is_rollback_accepted(const struct entry *entry)
{
    return strcmp(entry->event, "result rollback") == 0 && entry->rollback_is_accepted;
}

static bool is_cancel_answered(const struct entry *entry)
{
    return strcmp(entry->event, "result cancel") == 0;
}

static bool has_rollback_ended(const struct entry *entry)
{
    static const char *const words[] = {"rolled_back", "rollback_failed", NULL};
    return is_one_of(entry->job_status, words) || strcmp(entry->state, "verify_restored") == 0;
}

static bool has_job_ended(const struct entry *entry)
{
    static const char *const words[] = {"completed", "failed", NULL};
    return is_one_of(entry->job_status, words);
}

/* An end of which it is sure. */
static bool is_sure(const struct entry *entry)
{
    static const char *const words[] = {"unknown", "interrupted", "internal", NULL};
    return strcmp(entry->event, "end") == 0 && !is_one_of(entry->outcome, words);
}

static bool is_audited(const struct entry *entry)
{
    return strcmp(entry->event, "audited") == 0 && entry->audit_sequence >= 0;
}

static bool is_heard(const struct entry *entry)
{
    return strcmp(entry->event, "closed") == 0 && strcmp(entry->webhook, "delivered") == 0;
}

/* The first such entry behind another one, which may be NULL. */
static const struct entry *find_behind(const struct journal *journal, const struct entry *before,
                                       bool (*is_it)(const struct entry *entry))
{
    const struct entry *end = journal->entries + journal->count;
    for (const struct entry *entry = before != NULL ? before + 1 : journal->entries; entry < end;
         entry++) {
        if (is_it(entry)) {
            return entry;
        }
    }
    return NULL;
}

/* The first such entry since the fault; of a clock that was set back, the first of all. */
static const struct entry *find_since_fault(const struct journal *journal,
                                            bool (*is_it)(const struct entry *entry))
{
    const struct entry *first = find_behind(journal, NULL, is_it);
    const struct entry *entry = first;
    while (entry != NULL && entry->at_ms < journal->applied_ms) {
        entry = find_behind(journal, entry, is_it);
    }
    return entry != NULL ? entry : first;
}

static void tell(struct scn_milestone *milestone, const struct entry *entry)
{
    if (entry == NULL) {
        return;
    }
    const bool is_state = strcmp(entry->event, "state") == 0;
    scn_milestone_tell_client(milestone, entry->at_ms, "journal line %zu: %s%s%s", entry->line,
                              entry->event, is_state ? " " : "", is_state ? entry->state : "");
}

static void tell_end(const struct journal *journal, struct scn_milestone *milestone,
                     const struct entry *entry)
{
    const struct entry *audited = find_behind(journal, entry, is_audited);
    if (audited != NULL) {
        scn_milestone_tell_client(milestone, entry->at_ms,
                                  "journal line %zu: end, %s; audit record %lld", entry->line,
                                  entry->outcome, (long long)audited->audit_sequence);
    } else {
        scn_milestone_tell_client(milestone, entry->at_ms, "journal line %zu: end, %s", entry->line,
                                  entry->outcome);
    }
}

/* Where no journal tells the end, the audit file may: its times have no milliseconds. */
static void tell_end_by_audit(const struct scn_evidence *evidence, const struct journal *journal,
                              struct scn_milestone *milestone)
{
    COG_CLEANUP(scn_audit_finish) struct scn_audit audit = {0};
    const char *text = evidence->facts->audit != NULL ? evidence->facts->audit : "";
    int64_t unix_ms = 0;
    if (scn_audit_parse(text, &audit, NULL) != COG_OK || audit.last == NULL) {
        return;
    }
    const char *at =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(audit.last, "timestamp"));
    const char *outcome =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(audit.last, "outcome"));
    if (at == NULL || outcome == NULL || strcmp(outcome, "unknown") == 0 ||
        strcmp(outcome, "interrupted") == 0 ||
        cog_stamp_parse_rfc3339(at, &unix_ms, NULL) != COG_OK ||
        to_facts_ms(evidence, unix_ms + SECOND_MS) <= journal->applied_ms) {
        return;
    }
    scn_milestone_tell_client(milestone, to_facts_ms(evidence, unix_ms), "audit record %zu: %s",
                              audit.record_count, outcome);
}

static void tell_rollback(const struct journal *journal, struct scn_milestone *milestones,
                          const struct entry **out_sent)
{
    const struct entry *rollback = find_since_fault(journal, is_rollback_sent);
    const struct entry *sent =
        rollback != NULL ? rollback : find_since_fault(journal, is_cancel_sent);
    const struct entry *accepted =
        sent != NULL ? find_behind(journal, sent,
                                   rollback != NULL ? is_rollback_accepted : is_cancel_answered)
                     : NULL;
    tell(&milestones[SCN_MILESTONE_SENT], sent);
    tell(&milestones[SCN_MILESTONE_ACCEPTED], accepted);
    if (rollback == NULL) {
        tell(&milestones[SCN_MILESTONE_ENDED], find_since_fault(journal, has_job_ended));
    } else if (accepted != NULL) {
        tell(&milestones[SCN_MILESTONE_ENDED], find_behind(journal, accepted, has_rollback_ended));
    }
    *out_sent = sent;
}

enum cog_code scn_timeline_read_client(const struct scn_evidence *evidence,
                                       struct scn_milestone *milestones, struct cog_error *error)
{
    COG_CLEANUP(journal_finish) struct journal journal = {0};
    const enum cog_code code = read_journal(evidence, &journal, error);
    if (code != COG_OK) {
        return code;
    }
    journal.applied_ms = milestones[SCN_MILESTONE_APPLIED].server_ms;
    const struct entry *alarmed = find_since_fault(&journal, is_alarmed);
    const struct entry *sent = NULL;
    tell(&milestones[SCN_MILESTONE_SEEN], find_since_fault(&journal, has_seen));
    tell(&milestones[SCN_MILESTONE_RECOGNISED], alarmed);
    tell_rollback(&journal, milestones, &sent);
    /* Of the run that sent it: what ended before was another one's end. */
    const struct entry *end =
        sent != NULL ? find_behind(&journal, sent, is_sure) : find_since_fault(&journal, is_sure);
    if (end != NULL) {
        tell_end(&journal, &milestones[SCN_MILESTONE_VERIFIED], end);
        tell(&milestones[SCN_MILESTONE_NOTIFIED], find_behind(&journal, end, is_heard));
    } else {
        tell_end_by_audit(evidence, &journal, &milestones[SCN_MILESTONE_VERIFIED]);
    }
    return COG_OK;
}
