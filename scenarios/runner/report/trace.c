#include "report/trace.h"

#include "report/accident.h"

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
    scn_accident_append(&text, string, host);
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
    if (facts->signal_number != 0) {
        cog_text_append_format(text, "the client got %s\n", scn_signal_name(facts->signal_number));
    }
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
    if (facts->rivalry.other != NULL) {
        cog_text_append(&text, "== the second operator\n");
        append_course(&text, facts->rivalry.other);
        append_end(&text, facts->rivalry.other);
    }
    COG_CLEANUP(cog_string_finish) char *raw = cog_text_take(&text);
    return raw != NULL ? normalise(raw, facts->host) : NULL;
}

/* Where two traces part; `line` is 0 when they do not. */
struct parting {
    int line;
    size_t start; /* Of that line, in both. */
};

static struct parting find_parting(const char *first, const char *second)
{
    struct parting parting = {.line = 1};
    for (size_t i = 0; first[i] == second[i]; i++) {
        if (first[i] == '\0') {
            return (struct parting){0};
        }
        if (first[i] == '\n') {
            parting.start = i + 1;
            parting.line++;
        }
    }
    return parting;
}

void scn_trace_compare(const char *first, const char *second, int repeat,
                       struct scn_findings *findings)
{
    const struct parting parting = find_parting(first, second);
    if (parting.line > 0) {
        first += parting.start;
        second += parting.start;
        scn_findings_append(findings, SCN_FAIL, "repeat",
                            "run %d differs in line %d of the trace: '%.*s', first '%.*s'", repeat,
                            parting.line, (int)strcspn(second, "\n"), second,
                            (int)strcspn(first, "\n"), first);
    }
}

void scn_trace_compare_transports(const char *memory, const char *wire,
                                  struct scn_findings *findings)
{
    const struct parting parting = find_parting(memory, wire);
    if (parting.line > 0) {
        memory += parting.start;
        wire += parting.start;
        scn_findings_append(findings, SCN_FAIL, "transport",
                            "line %d of the trace is '%.*s' in memory, '%.*s' on the wire",
                            parting.line, (int)strcspn(memory, "\n"), memory,
                            (int)strcspn(wire, "\n"), wire);
    }
}
