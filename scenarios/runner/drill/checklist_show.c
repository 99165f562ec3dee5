/* What a point of the checklist rests on, also where it passed. */
#include "drill/checklist_part.h"

#include "judge/audit.h"
#include "judge/exchange.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>
#include <cogmock/script.h>

#include <string.h>

enum { DIGEST_SHOWN_LENGTH = 8, REASON_SHOWN_LENGTH = 80 };

static void begin(struct cog_text *text)
{
    if (text->length > 0) {
        cog_text_append(text, "; ");
    }
}

bool scn_check_is_about_audit(const struct scn_expectation *expectation)
{
    return expectation->audit_records.is_set || expectation->audit_status != NULL ||
           expectation->audit_outcome != NULL;
}

static void show_end(const struct scn_check *check, const struct scn_facts *facts,
                     struct cog_text *text)
{
    const struct scn_expectation *expectation = &check->expectation;
    const struct cog_report *report = facts->report;
    if (check->has_exit || expectation->outcome != NULL) {
        begin(text);
        cog_text_append_format(text, "exit %d: %s", facts->exit_code,
                               cog_outcome_name(report->outcome));
    }
    if (expectation->step != NULL) {
        begin(text);
        cog_text_append_format(text, "step '%s'", report->step);
    }
    if (expectation->reason != NULL) {
        begin(text);
        cog_text_append_format(text, "reason '%.*s'", REASON_SHOWN_LENGTH, report->reason);
    }
    if (expectation->follow_up != NULL) {
        begin(text);
        cog_text_append_format(text, "then '%.*s'", REASON_SHOWN_LENGTH, report->follow_up);
    }
}

static void show_calls(const struct scn_expectation *expectation, const struct scn_facts *facts,
                       struct cog_text *text)
{
    const char *const *names = mock_call_names();
    for (size_t i = 0; names[i] != NULL; i++) {
        size_t count = 0;
        size_t applied_count = 0;
        if (!expectation->calls.calls[i].is_set && !expectation->applied.calls[i].is_set) {
            continue;
        }
        for (size_t j = 0; j < facts->exchange_count; j++) {
            const bool is_it = scn_exchange_is(&facts->exchanges[j], names[i]);
            count += is_it ? 1 : 0;
            applied_count += is_it && facts->exchanges[j].applied ? 1 : 0;
        }
        begin(text);
        cog_text_append_format(text, "%s: %zu sent, %zu applied", names[i], count, applied_count);
    }
    if (expectation->calls.others.is_set || expectation->applied.others.is_set) {
        begin(text);
        cog_text_append_format(text, "%zu requests in all", facts->exchange_count);
    }
}

static void show_target(const struct scn_facts *facts, struct cog_text *text)
{
    const struct scn_content *target = &facts->target;
    const char *whose = "neither that of the start nor the source's";
    if (strcmp(target->now, target->start) == 0) {
        whose = "that of the start";
    } else if (strcmp(target->now, facts->source.now) == 0) {
        whose = "the source's";
    }
    begin(text);
    cog_text_append_format(text, "target's digest %.*s is %s", DIGEST_SHOWN_LENGTH, target->now,
                           whose);
}

static const char *read_word(const cJSON *object, const char *name)
{
    const char *word = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return word != NULL ? word : "?";
}

static void show_audit(const struct scn_facts *facts, struct cog_text *text)
{
    COG_CLEANUP(scn_audit_finish) struct scn_audit audit = {0};
    begin(text);
    if (scn_audit_parse(facts->audit, &audit, NULL) != COG_OK || audit.last == NULL) {
        cog_text_append(text, "no audit record");
        return;
    }
    const cJSON *sequence = cJSON_GetObjectItemCaseSensitive(audit.last, "seq");
    const long long number =
        cJSON_IsNumber(sequence) ? (long long)sequence->valuedouble : (long long)audit.record_count;
    cog_text_append_format(text, "audit record %lld: %s, %s; chain %s", number,
                           read_word(audit.last, "status"), read_word(audit.last, "outcome"),
                           cog_audit_verdict_name(facts->audit_chain.verdict));
}

static void show_webhook(const struct scn_facts *facts, struct cog_text *text)
{
    begin(text);
    if (facts->delivery_count == 0) {
        cog_text_append(text, "nothing was delivered");
        return;
    }
    const char *body = facts->deliveries[facts->delivery_count - 1].body;
    COG_CLEANUP(cog_json_finish) cJSON *json = cJSON_Parse(body);
    cog_text_append_format(text, "delivery %zu: %s", facts->delivery_count,
                           read_word(json, "event"));
}

static void show_log(const cJSON *names, struct cog_text *text)
{
    const cJSON *name = NULL;
    begin(text);
    cog_text_append(text, "log:");
    cJSON_ArrayForEach(name, names)
    {
        cog_text_append_format(text, " %s", cJSON_GetStringValue(name));
    }
}

static void show_rest(const struct scn_expectation *expectation, const struct scn_facts *facts,
                      struct cog_text *text)
{
    char buffer[COG_DURATION_TEXT_SIZE];
    if (expectation->parity_is_set && facts->report->parity_is_measured) {
        begin(text);
        cog_text_append_format(text, "parity %.4f", facts->report->parity_score);
    } else if (expectation->parity_is_set) {
        begin(text);
        cog_text_append(text, "no parity was measured");
    }
    if (expectation->elapsed_ms.is_set) {
        begin(text);
        cog_text_append_format(text, "ended after %s",
                               cog_duration_format(facts->elapsed_ms, buffer));
    }
    if (expectation->log != NULL) {
        show_log(expectation->log, text);
    }
    if (expectation->second.is_set && facts->rivalry.other != NULL) {
        begin(text);
        cog_text_append_format(text, "second operator: exit %d", facts->rivalry.other->exit_code);
    }
}

void scn_check_show(const struct scn_check *check, const struct scn_facts *facts,
                    struct cog_text *text)
{
    const struct scn_expectation *expectation = &check->expectation;
    show_end(check, facts, text);
    show_calls(expectation, facts, text);
    if (expectation->target != SCN_TARGET_ANY && facts->target.is_known) {
        show_target(facts, text);
    }
    if (scn_check_is_about_audit(expectation)) {
        show_audit(facts, text);
    }
    if (expectation->deliveries.is_set || expectation->webhook_event != NULL) {
        show_webhook(facts, text);
    }
    show_rest(expectation, facts, text);
}
