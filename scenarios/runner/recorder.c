#include "recorder.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 64 };

enum cog_code scn_recorder_init(struct scn_recorder *recorder, const struct mock_server *server,
                                struct cog_clock clock, struct cog_error *error)
{
    *recorder = (struct scn_recorder){.server = server, .clock = clock};
    recorder->text_stream = open_memstream(&recorder->text, &recorder->text_size);
    recorder->json_stream = open_memstream(&recorder->json, &recorder->json_size);
    if (recorder->text_stream == NULL || recorder->json_stream == NULL) {
        scn_recorder_finish(recorder);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    recorder->text_sink = (struct cog_log_text){
        .stream = recorder->text_stream,
        .level_min = COG_LOG_DEBUG,
        .clock = clock,
        .start_ms = cog_clock_monotonic_ms(clock),
    };
    recorder->json_sink = (struct cog_log_json){
        .stream = recorder->json_stream,
        .level_min = COG_LOG_DEBUG,
        .clock = clock,
    };
    return COG_OK;
}

static char *format_fields(const struct cog_log_event *event)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    for (size_t i = 0; i < event->field_count; i++) {
        cog_text_append_format(&text, "%s%s=%s", text.length > 0 ? " " : "", event->fields[i].key,
                               event->fields[i].value);
    }
    return cog_text_take(&text);
}

static bool make_room(struct scn_recorder *recorder)
{
    if (recorder->event_count < recorder->event_capacity) {
        return true;
    }
    const size_t capacity =
        recorder->event_capacity > 0 ? recorder->event_capacity * 2 : CAPACITY_MIN;
    struct scn_event *events = realloc(recorder->events, capacity * sizeof *events);
    if (events == NULL) {
        return false;
    }
    recorder->events = events;
    recorder->event_capacity = capacity;
    return true;
}

static void keep(struct scn_recorder *recorder, const struct cog_log_event *event)
{
    COG_CLEANUP(cog_string_finish) char *name = strdup(event->name);
    COG_CLEANUP(cog_string_finish) char *fields = format_fields(event);
    if (name == NULL || fields == NULL || !make_room(recorder)) {
        recorder->failed = true;
        return;
    }
    recorder->events[recorder->event_count++] = (struct scn_event){
        .at_ms = cog_clock_monotonic_ms(recorder->clock),
        .exchange_count = mock_truth_exchange_count(recorder->server),
        .level = event->level,
        .name = name,
        .fields = fields,
    };
    name = NULL;
    fields = NULL;
}

static void write_event(void *context, const struct cog_log_event *event)
{
    struct scn_recorder *recorder = context;
    const struct cog_log text = cog_log_text(&recorder->text_sink);
    const struct cog_log json = cog_log_json(&recorder->json_sink);
    scn_shift_turn(recorder->shift, false);
    text.ops->write(text.context, event);
    json.ops->write(json.context, event);
    keep(recorder, event);
    scn_shift_turn(recorder->shift, true);
}

struct cog_log scn_recorder_log(struct scn_recorder *recorder)
{
    static const struct cog_log_ops ops = {.write = write_event};
    return (struct cog_log){&ops, recorder};
}

/* Closing makes the text behind a memory stream valid. */
static bool close_stream(FILE **stream)
{
    FILE *closing = *stream;
    *stream = NULL;
    return closing == NULL || fclose(closing) == 0;
}

enum cog_code scn_recorder_close(struct scn_recorder *recorder, struct cog_error *error)
{
    const bool text_is_closed = close_stream(&recorder->text_stream);
    const bool json_is_closed = close_stream(&recorder->json_stream);
    if (!text_is_closed || !json_is_closed || recorder->failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    return COG_OK;
}

void scn_recorder_finish(struct scn_recorder *recorder)
{
    (void)close_stream(&recorder->text_stream);
    (void)close_stream(&recorder->json_stream);
    free(recorder->text);
    free(recorder->json);
    for (size_t i = 0; i < recorder->event_count; i++) {
        /* Judges see them as const; they are this file's own copies. */
        free((char *)recorder->events[i].name);
        free((char *)recorder->events[i].fields);
    }
    free(recorder->events);
    *recorder = (struct scn_recorder){0};
}
