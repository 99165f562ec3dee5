#include "simulation/recorder.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 64 };

void scn_recorder_init(struct scn_recorder *recorder, const struct mock_server *server,
                       struct cog_clock clock)
{
    *recorder = (struct scn_recorder){.server = server, .clock = clock};
}

/* As "name key=value key=value": both sinks write each value, and nothing else of the client's. */
static void append_event(struct cog_text *text, const struct cog_log_event *event)
{
    cog_text_append(text, event->name);
    for (size_t i = 0; i < event->field_count; i++) {
        cog_text_append_bytes(text, " ", 1);
        cog_text_append(text, event->fields[i].key);
        cog_text_append_bytes(text, "=", 1);
        cog_text_append(text, event->fields[i].value);
    }
    cog_text_append_bytes(text, "\n", 1);
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

/* The name and the fields from the log's last line, each with an end of its own, in one block. */
static char *copy_line(const char *line, size_t length, size_t name_length)
{
    char *copy = cog_string_clone(line, length);
    if (copy != NULL) {
        copy[length - 1] = '\0';
        copy[name_length] = '\0';
    }
    return copy;
}

static void keep(struct scn_recorder *recorder, const struct cog_log_event *event)
{
    const size_t start = recorder->text.length;
    const size_t name_length = strlen(event->name);
    append_event(&recorder->text, event);
    const size_t length = recorder->text.length - start;
    char *name = !recorder->text.failed && make_room(recorder)
                     ? copy_line(recorder->text.bytes + start, length, name_length)
                     : NULL;
    if (name == NULL) {
        recorder->failed = true;
        return;
    }
    recorder->events[recorder->event_count++] = (struct scn_event){
        .at_ms = cog_clock_monotonic_ms(recorder->clock),
        .exchange_count = scn_share_request_count(recorder->share, recorder->server),
        .level = event->level,
        .name = name,
        .fields = event->field_count > 0 ? name + name_length + 1 : "",
    };
}

static void write_event(void *context, const struct cog_log_event *event)
{
    struct scn_recorder *recorder = context;
    scn_shift_turn(recorder->shift, false);
    keep(recorder, event);
    scn_shift_turn(recorder->shift, true);
}

struct cog_log scn_recorder_log(struct scn_recorder *recorder)
{
    static const struct cog_log_ops ops = {.write = write_event};
    return (struct cog_log){&ops, recorder};
}

enum cog_code scn_recorder_check(const struct scn_recorder *recorder, struct cog_error *error)
{
    return recorder->failed ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory") : COG_OK;
}

void scn_recorder_finish(struct scn_recorder *recorder)
{
    cog_text_finish(&recorder->text);
    for (size_t i = 0; i < recorder->event_count; i++) {
        /* Judges see it as const; it is this file's own copy, with the fields behind it. */
        free((char *)recorder->events[i].name);
    }
    free(recorder->events);
    *recorder = (struct scn_recorder){0};
}
