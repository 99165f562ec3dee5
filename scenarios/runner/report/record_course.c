/* What happened, in its order. */
#include "judge/exchange.h"
#include "report/record_part.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { REQUEST_FIELDS_SIZE = 512 };

static void write_address(struct scn_json_text *json, const struct mock_exchange *exchange)
{
    scn_json_text_integer(json, "at", exchange->at_ms);
    scn_json_text_integer(json, "answered", exchange->answered_ms);
    scn_json_text_integer(json, "done", exchange->done_ms);
    scn_json_text_string(json, "call", exchange->call);
    scn_json_text_integer(json, "nth", exchange->nth);
    scn_json_text_integer(json, "attempt", exchange->attempt);
}

static void write_text_if_any(struct scn_record_writer *writer, const char *name,
                              const char *string)
{
    if (string != NULL && string[0] != '\0') {
        scn_record_text(writer, name, string);
    }
}

static void write_duration_if_any(struct scn_json_text *json, const char *name, int64_t duration_ms)
{
    if (duration_ms != 0) {
        scn_json_text_integer(json, name, duration_ms);
    }
}

/* Most requests meet no fault, no wait and no key: a suite's results would be a third longer with
 * the members that say so. */
static void write_exchange(struct scn_record_writer *writer, const struct mock_exchange *exchange)
{
    struct scn_json_text *json = &writer->json;
    scn_json_text_open(json, NULL, '{');
    write_address(json, exchange);
    scn_record_text(writer, "method", exchange->method);
    scn_record_text(writer, "path", exchange->path);
    scn_json_text_integer(json, "status", exchange->status);
    scn_json_text_boolean(json, "applied", exchange->applied);
    if (scn_exchange_is_broken(exchange)) {
        scn_json_text_boolean(json, "lost", true);
    }
    write_text_if_any(writer, "fault", exchange->fault);
    write_text_if_any(writer, "faults", exchange->faults);
    write_duration_if_any(json, "retry_after", exchange->retry_after_ms);
    write_duration_if_any(json, "delay", exchange->delay_ms);
    scn_json_text_string(json, "rule", exchange->rule);
    write_text_if_any(writer, "why", exchange->why);
    write_text_if_any(writer, "id", exchange->request_id);
    write_text_if_any(writer, "key", exchange->idempotency_key);
    scn_json_text_close(json, '}');
}

/* Whether the client says of the latest request just what the fake says: then the exchange tells
 * it, and what is left of these events is where the two differ. */
static bool is_implied(const struct scn_facts *facts, const struct scn_event *event)
{
    if (strcmp(event->name, "request") != 0 || event->exchange_count == 0 ||
        event->exchange_count > facts->exchange_count) {
        return false;
    }
    const struct mock_exchange *exchange = &facts->exchanges[event->exchange_count - 1];
    char fields[REQUEST_FIELDS_SIZE];
    (void)snprintf(
        fields, sizeof fields, "call=%s attempt=%d status=%d elapsed_ms=%" PRId64 " request_id=%s",
        exchange->call, exchange->attempt, exchange->status, exchange->done_ms - exchange->at_ms,
        exchange->request_id != NULL ? exchange->request_id : "");
    return event->at_ms == exchange->done_ms && strcmp(event->fields, fields) == 0;
}

static void write_event(struct scn_record_writer *writer, const struct scn_event *event,
                        const char *level)
{
    struct scn_json_text *json = &writer->json;
    scn_json_text_open(json, NULL, '{');
    scn_json_text_integer(json, "at", event->at_ms);
    scn_json_text_integer(json, "after", (int64_t)event->exchange_count);
    scn_json_text_string(json, "level", level);
    scn_json_text_string(json, "name", event->name);
    scn_record_text(writer, "fields", event->fields);
    scn_json_text_close(json, '}');
}

/* What the runner did to the client stands between the client's own events. */
static void write_start(struct scn_record_writer *writer, const struct scn_start *start)
{
    COG_CLEANUP(cog_text_finish) struct cog_text fields = {0};
    cog_text_append_format(&fields, "command=%s after=%s", start->command,
                           start->is_after_kill ? "kill" : "end");
    const struct scn_event event = {
        .at_ms = start->at_ms,
        .exchange_count = start->exchange_count,
        .name = "process",
        .fields = cog_text_string(&fields),
    };
    write_event(writer, &event, "run");
}

static size_t count_before(const struct scn_facts *facts, int64_t at_ms)
{
    size_t count = 0;
    while (count < facts->exchange_count && facts->exchanges[count].at_ms < at_ms) {
        count++;
    }
    return count;
}

/* The client takes one signal; a second one would end it at once. */
static const struct scn_signal *find_signal(const struct scn_scenario *scenario,
                                            const struct scn_facts *facts)
{
    const struct scn_client_events *planned = &scenario->events;
    return facts->signal_number != 0 && planned->signal_count > 0 ? &planned->signals[0] : NULL;
}

/* Ahead of what happened at the same time: that may be its effect. */
static void write_signal(struct scn_record_writer *writer, const struct scn_facts *facts,
                         const struct scn_signal *signal)
{
    COG_CLEANUP(cog_text_finish) struct cog_text fields = {0};
    cog_text_append_format(&fields, "name=%s", scn_signal_name(signal->number));
    const struct scn_event event = {
        .at_ms = signal->at_ms,
        .exchange_count = count_before(facts, signal->at_ms),
        .name = "signal",
        .fields = cog_text_string(&fields),
    };
    write_event(writer, &event, "run");
}

static void write_events(struct scn_record_writer *writer, const struct scn_facts *facts,
                         const struct scn_signal *signal)
{
    size_t start = 1; /* The first process needs no mark. */
    const size_t start_count = facts->starts != NULL ? facts->process_count : 0;
    for (size_t i = 0; i <= facts->event_count; i++) {
        const struct scn_event *event = i < facts->event_count ? &facts->events[i] : NULL;
        for (; start < start_count && facts->starts[start].event_count == i; start++) {
            write_start(writer, &facts->starts[start]);
        }
        if (signal != NULL && (event == NULL || event->at_ms >= signal->at_ms)) {
            write_signal(writer, facts, signal);
            signal = NULL;
        }
        if (event != NULL && !is_implied(facts, event)) {
            write_event(writer, event, cog_log_level_name(event->level));
        }
    }
}

void scn_record_course(struct scn_record_writer *writer, const struct scn_scenario *scenario,
                       const struct scn_facts *facts)
{
    scn_json_text_open(&writer->json, "exchanges", '[');
    for (size_t i = 0; i < facts->exchange_count; i++) {
        write_exchange(writer, &facts->exchanges[i]);
    }
    scn_json_text_close(&writer->json, ']');
    scn_json_text_open(&writer->json, "events", '[');
    write_events(writer, facts, find_signal(scenario, facts));
    scn_json_text_close(&writer->json, ']');
}
