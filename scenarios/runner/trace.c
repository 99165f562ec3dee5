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

/* A text that differs from run to run: how long it is where it stands, 0 for none. */
struct accident {
    size_t length;
    const char *name; /* What stands in its place. */
};

static bool begins_with(const char *string, const char *start)
{
    return strncmp(string, start, strlen(start)) == 0;
}

/* "127.0.0.1:PORT", and as libcurl writes it. */
static struct accident match_port(const char *string, const char *host)
{
    static const char address[] = "127.0.0.1 port ";
    const char *port = strchr(host, ':');
    if (begins_with(string, host)) {
        return (struct accident){strlen(host), "HOST"};
    }
    if (port != NULL && begins_with(string, address) &&
        begins_with(string + sizeof address - 1, port + 1)) {
        return (struct accident){sizeof address - 1 + strlen(port + 1), "HOST"};
    }
    return (struct accident){0};
}

/* " after 3 ms": libcurl's words, by the system's clock. */
static struct accident match_time(const char *string)
{
    static const char after[] = " after ";
    const char *digits = begins_with(string, after) ? string + sizeof after - 1 : "";
    const size_t digit_count = strspn(digits, "0123456789");
    if (digit_count == 0 || !begins_with(digits + digit_count, " ms")) {
        return (struct accident){0};
    }
    return (struct accident){sizeof after - 1 + digit_count + 3, " after a while"};
}

/* Of a record that may have the port in it; its members are in the trace themselves. */
static struct accident match_checksum(const char *string)
{
    static const char word[] = "checksum";
    const char *hex = begins_with(string, word) ? string + sizeof word - 1 : "";
    hex += strspn(hex, "\": ");
    const size_t digit_count = strspn(hex, "0123456789abcdef");
    if (digit_count != COG_DIGEST_SIZE - 1) {
        return (struct accident){0};
    }
    return (struct accident){(size_t)(hex - string) + digit_count, "checksum …"};
}

static struct accident match_accident(const char *string, const char *host)
{
    struct accident accident = match_port(string, host);
    if (accident.length == 0) {
        accident = match_time(string);
    }
    return accident.length == 0 ? match_checksum(string) : accident;
}

/* The port is in bodies too, in the audit record of a webhook's failure for one. */
static char *normalise(const char *string, const char *host)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const char *rest = string;
    for (const char *at = string; *at != '\0';) {
        const struct accident accident = match_accident(at, host);
        if (accident.length == 0) {
            at++;
            continue;
        }
        cog_text_append_bytes(&text, rest, (size_t)(at - rest));
        cog_text_append(&text, accident.name);
        at += accident.length;
        rest = at;
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
