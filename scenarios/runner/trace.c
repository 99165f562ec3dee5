#include "trace.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <string.h>

static void append_time(struct cog_text *text, int64_t at_ms)
{
    cog_text_append_format(text, "%6" PRId64 ".%03" PRId64 "s ", at_ms / 1000, at_ms % 1000);
}

static const char *or_dash(const char *string)
{
    return string != NULL ? string : "-";
}

/* The body as its digest: bodies hold secrets, and a change shows all the same. */
static void append_body(struct cog_text *text, const char *body)
{
    char digest[COG_DIGEST_SIZE] = "";
    if (body[0] == '\0') {
        return;
    }
    if (cog_digest_sha256(body, strlen(body), digest) != COG_OK) {
        text->failed = true;
        return;
    }
    cog_text_append_format(text, " body=%.12s", digest);
}

/* The port is in bodies too, in the audit record of a webhook's failure for one. */
static char *normalise(const char *string, const char *host)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const size_t host_length = strlen(host);
    const char *rest = string;
    for (const char *hit = strstr(rest, host); hit != NULL; hit = strstr(rest, host)) {
        cog_text_append_bytes(&text, rest, (size_t)(hit - rest));
        cog_text_append(&text, "HOST");
        rest = hit + host_length;
    }
    cog_text_append(&text, rest);
    return cog_text_take(&text);
}

static void append_exchange(struct cog_text *text, const struct mock_exchange *exchange,
                            const char *host)
{
    COG_CLEANUP(cog_string_finish) char *body = normalise(exchange->body, host);
    if (body == NULL) {
        text->failed = true;
        return;
    }
    append_time(text, exchange->at_ms);
    cog_text_append_format(text, "%s#%d/a%d %s -> %d%s", exchange->call, exchange->nth,
                           exchange->attempt, exchange->path, exchange->status,
                           exchange->applied ? "" : " not applied");
    if (exchange->fault != NULL) {
        cog_text_append_format(text, " fault=%s", exchange->fault);
    }
    cog_text_append_format(text, " id=%s", or_dash(exchange->request_id));
    if (exchange->idempotency_key != NULL) {
        cog_text_append_format(text, " key=%s", exchange->idempotency_key);
    }
    append_body(text, body);
    cog_text_append(text, "\n");
}

static void append_event(struct cog_text *text, const struct scn_event *event)
{
    append_time(text, event->at_ms);
    cog_text_append_format(text, "  %s %s%s%s\n", cog_log_level_name(event->level), event->name,
                           event->fields[0] != '\0' ? " " : "", event->fields);
}

/* An event that was logged after the n-th request stands behind it. */
static void append_course(struct cog_text *text, const struct scn_facts *facts)
{
    size_t exchange = 0;
    for (size_t i = 0; i < facts->event_count; i++) {
        for (; exchange < facts->events[i].exchange_count && exchange < facts->exchange_count;
             exchange++) {
            append_exchange(text, &facts->exchanges[exchange], facts->host);
        }
        append_event(text, &facts->events[i]);
    }
    for (; exchange < facts->exchange_count; exchange++) {
        append_exchange(text, &facts->exchanges[exchange], facts->host);
    }
}

static void append_deployments(struct cog_text *text, const struct scn_facts *facts)
{
    for (size_t i = 0; i < facts->deployment_count; i++) {
        const struct mock_deployment_truth *deployment = &facts->deployments[i];
        cog_text_append_format(text, "deployment %s %s -> %s: %s", deployment->job_id,
                               deployment->source_id, deployment->target_id, deployment->status);
        cog_text_append_format(text, ", created %" PRId64 " ms, ended %" PRId64 " ms",
                               deployment->created_ms, deployment->ended_ms);
        cog_text_append_format(text, ", %d rollbacks, ended %" PRId64 " ms\n",
                               deployment->rollback_count, deployment->rollback_ended_ms);
    }
}

static void append_end(struct cog_text *text, const struct scn_facts *facts)
{
    const struct cog_report *report = facts->report;
    append_time(text, facts->elapsed_ms);
    cog_text_append_format(text, "exit %d %s, target %s", facts->exit_code,
                           cog_outcome_name(report->outcome),
                           cog_target_state_name(report->target));
    if (report->reason[0] != '\0') {
        cog_text_append_format(text, "; %s: %s", report->step, report->reason);
    }
    cog_text_append(text, "\n");
    append_deployments(text, facts);
    cog_text_append_format(text, "source %s -> %s\n", facts->source.start, facts->source.now);
    cog_text_append_format(text, "target %s -> %s\n", facts->target.start, facts->target.now);
    for (size_t i = 0; i < facts->output_count; i++) {
        if (!facts->outputs[i].is_log) {
            cog_text_append_format(text, "-- %s\n%s\n", facts->outputs[i].name,
                                   facts->outputs[i].text);
        }
    }
}

char *scn_trace_format(const struct scn_facts *facts)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    append_course(&text, facts);
    append_end(&text, facts);
    COG_CLEANUP(cog_string_finish) char *raw = cog_text_take(&text);
    return raw != NULL ? normalise(raw, facts->host) : NULL;
}

void scn_trace_compare(const char *first, const char *second, int repeat,
                       struct scn_findings *findings)
{
    size_t start = 0; /* Of the line that is being compared. */
    int line = 1;
    for (size_t i = 0; first[i] == second[i]; i++) {
        if (first[i] == '\0') {
            return;
        }
        if (first[i] == '\n') {
            start = i + 1;
            line++;
        }
    }
    scn_findings_append(findings, SCN_FAIL, "repeat",
                        "run %d differs in line %d of the trace: '%.*s', first '%.*s'", repeat,
                        line, (int)strcspn(second + start, "\n"), second + start,
                        (int)strcspn(first + start, "\n"), first + start);
}
