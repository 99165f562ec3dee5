#include "language/timetable.h"

#include <cogbase/duration.h>

#include <string.h>

enum { STATUS_OK = 200 };

void scn_timetable_add(struct scn_timetable *timetable, int64_t from_ms, int64_t until_ms)
{
    if (timetable->count == SCN_TIMETABLE_SPANS_MAX) {
        timetable->is_cut = true;
        return;
    }
    timetable->spans[timetable->count++] = (struct scn_span){from_ms, until_ms};
}

static int64_t shift(int64_t time_ms, int64_t by_ms)
{
    return time_ms > INT64_MAX - by_ms ? INT64_MAX : time_ms + by_ms;
}

/* What was read: its times are relative. */
static void add_read(struct scn_timetable *timetable, int64_t from_ms, int64_t until_ms)
{
    scn_timetable_add(timetable, shift(from_ms, timetable->since_ms),
                      shift(until_ms, timetable->since_ms));
}

/* @param missing_ms what an absent one means */
static int64_t read_time(const cJSON *object, const char *key, int64_t missing_ms)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    int64_t time_ms = missing_ms;
    return text != NULL && cog_duration_parse(text, &time_ms, NULL) == COG_OK ? time_ms
                                                                              : missing_ms;
}

static void read_outages(struct scn_timetable *timetable, const cJSON *down)
{
    const cJSON *outage = NULL;
    cJSON_ArrayForEach(outage, down)
    {
        add_read(timetable, read_time(outage, "from", 0), read_time(outage, "until", INT64_MAX));
    }
}

/* Of a list of levels over time: those at which the client is kept waiting. */
static void read_levels(struct scn_timetable *timetable, const cJSON *levels, const char *key,
                        int good)
{
    const cJSON *level = NULL;
    cJSON_ArrayForEach(level, levels)
    {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(level, key);
        if (cJSON_IsNumber(value) && value->valueint != good) {
            add_read(timetable, read_time(level, "at", 0), read_time(level->next, "at", INT64_MAX));
        }
    }
}

/* A fault of connections; how long it takes to strike a number of them, nobody knows before. */
static void read_connection_fault(struct scn_timetable *timetable, const cJSON *fault)
{
    const int64_t from_ms = read_time(fault, "from", 0);
    const int64_t for_ms = read_time(fault, "for", INT64_MAX);
    add_read(timetable, from_ms, for_ms == INT64_MAX ? INT64_MAX : from_ms + for_ms);
}

void scn_timetable_read(struct scn_timetable *timetable, const cJSON *server, const cJSON *faults)
{
    const cJSON *sessions = cJSON_GetObjectItemCaseSensitive(server, "sessions");
    const cJSON *conversation = cJSON_GetObjectItemCaseSensitive(server, "conversation");
    const cJSON *node = NULL;
    read_outages(timetable, cJSON_GetObjectItemCaseSensitive(server, "down"));
    read_levels(timetable, cJSON_GetObjectItemCaseSensitive(server, "health"), "status", STATUS_OK);
    cJSON_ArrayForEach(node, sessions)
    {
        read_levels(timetable, node, "active", 0);
    }
    if (cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(conversation, "matches"))) {
        add_read(timetable, 0, INT64_MAX);
    }
    cJSON_ArrayForEach(node, faults)
    {
        if (cJSON_GetObjectItemCaseSensitive(node, "call") == NULL) {
            read_connection_fault(timetable, node);
        }
    }
}

void scn_timetable_read_inject(struct scn_timetable *timetable, const cJSON *inject,
                               int64_t struck_ms)
{
    timetable->since_ms = struck_ms;
    scn_timetable_read(timetable, cJSON_GetObjectItemCaseSensitive(inject, "server"),
                       cJSON_GetObjectItemCaseSensitive(inject, "faults"));
    timetable->since_ms = 0;
}

int64_t scn_timetable_settled_ms(const struct scn_timetable *timetable, int64_t end_ms)
{
    int64_t settled_ms = timetable->is_cut ? INT64_MAX : -1;
    for (size_t i = 0; i < timetable->count; i++) {
        const struct scn_span *span = &timetable->spans[i];
        if (span->from_ms > end_ms) {
            continue;
        }
        const int64_t over_ms = span->until_ms > end_ms ? INT64_MAX : span->until_ms;
        settled_ms = over_ms > settled_ms ? over_ms : settled_ms;
    }
    return settled_ms;
}
