#include "events/hub.h"

#include "events/message.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a client waits before it connects again, and that the stream is open. */
static const char greeting[] = "retry: 1000\n: cogmock\n\n";
static const char heartbeat[] = ": all is well\n\n";

enum { NOTE_SIZE = 160 };

struct mock_listener_stream {
    struct mock_hub *hub;               /**< Borrowed. */
    char tenant[MOCK_TENANT_NAME_SIZE]; /**< "" for all. */
    uint64_t next_number;               /**< Of the event that comes next. */
    char note[NOTE_SIZE];               /**< Goes out before the next event. */
    char outgoing_note[NOTE_SIZE];
    const char *text; /**< What is going out; NULL for nothing. */
    size_t length;
    char *rest;        /**< Owned: of an event that did not fit into a buffer. */
    int64_t output_ms; /**< When something went out last. */
};

_Static_assert((int)MOCK_VIEW_OBSERVER < (int)MOCK_TENANT_WATCHERS_MAX, "each hub has a place");

void mock_hub_init(struct mock_hub *hub, struct mock_tenants *tenants, struct cog_clock clock,
                   enum mock_view view)
{
    *hub = (struct mock_hub){.tenants = tenants, .clock = clock, .view = view};
}

static uint64_t first_number(const struct mock_hub *hub)
{
    return hub->last_number + 1 - hub->event_count;
}

static void drop_oldest(struct mock_hub *hub)
{
    struct mock_hub_event *event = &hub->events[hub->event_first];
    hub->size -= event->length;
    free(event->text);
    *event = (struct mock_hub_event){0};
    hub->event_first = (hub->event_first + 1) % MOCK_EVENTS_MAX;
    hub->event_count--;
}

/* Nobody has come back: from here on nothing is told. The gap in the numbers will show it. */
static void look_away(struct mock_hub *hub)
{
    mock_tenants_watch(hub->tenants, hub->view, (struct mock_tenant_watcher){0});
    hub->is_watching = false;
    while (hub->event_count > 0) {
        drop_oldest(hub);
    }
    free(hub->events);
    hub->events = NULL;
    hub->event_first = 0;
    hub->last_number++;
}

void mock_hub_finish(struct mock_hub *hub)
{
    if (hub->is_watching) {
        look_away(hub);
    }
    *hub = (struct mock_hub){0};
}

static void keep(struct mock_hub *hub, const char *tenant, struct cog_text *text)
{
    if (hub->event_count == MOCK_EVENTS_MAX) {
        drop_oldest(hub);
    }
    struct mock_hub_event *event =
        &hub->events[(hub->event_first + hub->event_count) % MOCK_EVENTS_MAX];
    event->length = text->length;
    event->text = cog_text_take(text);
    (void)snprintf(event->tenant, sizeof event->tenant, "%s", tenant);
    hub->size += event->length;
    hub->event_count++;
    hub->last_number++;
    while (hub->event_count > 1 && hub->size > MOCK_EVENTS_SIZE_MAX) {
        drop_oldest(hub);
    }
}

/* For want of memory an event is lost: the numbers go on, so that listeners are told. */
static void happened(void *context, const char *tenant, const struct mock_event *event)
{
    struct mock_hub *hub = context;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (hub->view == MOCK_VIEW_OBSERVER && !mock_observed_has_event(event)) {
        return;
    }
    if (hub->listener_count == 0 && ++hub->lingering_count > MOCK_EVENTS_MAX) {
        look_away(hub);
        return;
    }
    const struct mock_message message = {
        .number = hub->last_number + 1,
        .tenant = tenant,
        .event = event,
        .view = hub->view,
    };
    mock_message_append(&text, &message);
    if (text.failed) {
        while (hub->event_count > 0) {
            drop_oldest(hub);
        }
        hub->last_number++;
        return;
    }
    keep(hub, tenant, &text);
}

static enum cog_code watch(struct mock_hub *hub)
{
    static const struct mock_tenant_watcher_ops ops = {.happened = happened};
    hub->lingering_count = 0;
    if (hub->is_watching) {
        return COG_OK;
    }
    hub->events = calloc(MOCK_EVENTS_MAX, sizeof *hub->events);
    if (hub->events == NULL) {
        return COG_ERROR_MEMORY;
    }
    hub->is_watching = true;
    mock_tenants_watch(hub->tenants, hub->view, (struct mock_tenant_watcher){&ops, hub});
    return COG_OK;
}

static const struct mock_hub_event *event_at(const struct mock_hub *hub, uint64_t number)
{
    const size_t index = (size_t)(number - first_number(hub));
    return &hub->events[(hub->event_first + index) % MOCK_EVENTS_MAX];
}

static bool wants(const struct mock_listener_stream *stream, const struct mock_hub_event *event)
{
    return stream->tenant[0] == '\0' || strcmp(stream->tenant, event->tenant) == 0;
}

/* What was dropped while it did not read is counted, and told. */
static void notice_loss(struct mock_listener_stream *stream)
{
    struct mock_hub *hub = stream->hub;
    const uint64_t first = first_number(hub);
    if (stream->next_number >= first) {
        return;
    }
    const uint64_t count = first - stream->next_number;
    const size_t length = strlen(stream->note);
    (void)snprintf(stream->note + length, sizeof stream->note - length,
                   "id: %" PRIu64 "\nevent: lost\ndata: {\"count\":%" PRIu64 "}\n\n", first - 1,
                   count);
    hub->lost_count += count;
    stream->next_number = first;
}

static void take_note(struct mock_listener_stream *stream)
{
    memcpy(stream->outgoing_note, stream->note, sizeof stream->note);
    stream->note[0] = '\0';
    stream->text = stream->outgoing_note;
    stream->length = strlen(stream->outgoing_note);
}

/* Chooses what goes out next. @return whether there is anything */
static bool choose(struct mock_listener_stream *stream)
{
    const struct mock_hub *hub = stream->hub;
    notice_loss(stream);
    if (stream->note[0] != '\0') {
        take_note(stream);
        return true;
    }
    while (stream->next_number <= hub->last_number) {
        const struct mock_hub_event *event = event_at(hub, stream->next_number++);
        if (wants(stream, event)) {
            stream->text = event->text;
            stream->length = event->length;
            return true;
        }
    }
    return false;
}

/* Whether there is anything to choose: an event that is not read now may be dropped. */
static bool has_choice(struct mock_listener_stream *stream)
{
    const struct mock_hub *hub = stream->hub;
    notice_loss(stream);
    for (; stream->next_number <= hub->last_number; stream->next_number++) {
        if (wants(stream, event_at(hub, stream->next_number))) {
            return true;
        }
    }
    return stream->note[0] != '\0';
}

static size_t read_heartbeat(struct mock_listener_stream *stream, char *buffer, size_t size)
{
    const int64_t now_ms = cog_clock_monotonic_ms(stream->hub->clock);
    const size_t length = sizeof heartbeat - 1;
    if (now_ms - stream->output_ms < MOCK_HEARTBEAT_MS || size < length) {
        return 0;
    }
    stream->output_ms = now_ms;
    memcpy(buffer, heartbeat, length);
    return length;
}

/* What does not fit into the buffer is kept here: its event may be dropped before the next read. */
static bool keep_rest(struct mock_listener_stream *stream, size_t taken_length)
{
    char *rest = cog_string_clone(stream->text + taken_length, stream->length - taken_length);
    if (rest == NULL) {
        return false;
    }
    free(stream->rest);
    stream->rest = rest;
    stream->text = rest;
    stream->length -= taken_length;
    return true;
}

/* As much as fits of what was chosen; nothing for want of memory, then the next read tries again.
 */
static size_t read_text(struct mock_listener_stream *stream, char *buffer, size_t size)
{
    const size_t length = stream->length < size ? stream->length : size;
    memcpy(buffer, stream->text, length);
    if (length < stream->length) {
        return keep_rest(stream, length) ? length : 0;
    }
    stream->text = NULL;
    return length;
}

static size_t read(void *context, char *buffer, size_t size)
{
    struct mock_listener_stream *stream = context;
    size_t length = 0;
    while (length < size && (stream->text != NULL || choose(stream))) {
        const size_t piece_length = read_text(stream, buffer + length, size - length);
        if (piece_length == 0) {
            break;
        }
        length += piece_length;
    }
    if (length == 0) {
        return read_heartbeat(stream, buffer, size);
    }
    stream->output_ms = cog_clock_monotonic_ms(stream->hub->clock);
    return length;
}

static bool is_ready(void *context)
{
    struct mock_listener_stream *stream = context;
    return stream->text != NULL || has_choice(stream) ||
           cog_clock_monotonic_ms(stream->hub->clock) - stream->output_ms >= MOCK_HEARTBEAT_MS;
}

static void finish(void *context)
{
    struct mock_listener_stream *stream = context;
    stream->hub->listener_count--;
    free(stream->rest);
    free(stream);
}

enum cog_code mock_hub_listen(struct mock_hub *hub, const char *tenant, uint64_t last_number,
                              struct mock_stream *out_stream, struct cog_error *error)
{
    static const struct mock_stream_ops ops = {
        .read = read, .is_ready = is_ready, .finish = finish};
    if (hub->listener_count == MOCK_LISTENERS_MAX) {
        return cog_error_set(error, COG_ERROR_REFUSED, "%d clients listen already",
                             MOCK_LISTENERS_MAX);
    }
    struct mock_listener_stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL || watch(hub) != COG_OK) {
        free(stream);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    /* A number that was never given is that of another start of the program. */
    const bool is_known = last_number <= hub->last_number;
    stream->hub = hub;
    stream->next_number = (is_known ? last_number : hub->last_number) + 1;
    stream->output_ms = cog_clock_monotonic_ms(hub->clock);
    (void)snprintf(stream->note, sizeof stream->note, "%s", greeting);
    (void)snprintf(stream->tenant, sizeof stream->tenant, "%s", tenant == NULL ? "" : tenant);
    hub->listener_count++;
    *out_stream = (struct mock_stream){&ops, stream};
    return COG_OK;
}
