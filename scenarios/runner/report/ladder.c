#include "report/ladder.h"

#include "report/ladder_part.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>
#include <cogbase/number.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    FOLD_MIN = 4,      /* So many equal polls are folded: the first and the last one stay. */
    LINES_MAX = 160,   /* Of a ladder that is longer, the middle goes. */
    LINES_AT_END = 60, /* How it ended says more than how it began. */
};

/* A request, or an event; what has happened stands in one list. */
struct rung {
    const cJSON *node;
    bool is_exchange;
};

struct rungs {
    struct rung *items;
    size_t count;
};

const char *scn_ladder_string(const cJSON *object, const char *name)
{
    const char *string = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return string != NULL ? string : "";
}

int64_t scn_ladder_number(const cJSON *object, const char *name)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, name);
    int64_t integer = 0;
    return cJSON_IsNumber(number) &&
                   cog_number_to_integer(number->valuedouble, -COG_NUMBER_INTEGER_MAX,
                                         COG_NUMBER_INTEGER_MAX, &integer)
               ? integer
               : 0;
}

void scn_ladder_append_time(struct cog_text *text, int64_t at_ms)
{
    cog_text_append_format(text, "%4" PRId64 ".%03" PRId64 "s  ", at_ms / 1000, at_ms % 1000);
}

/* How many bytes of `string` are in its first `width` columns; whole characters. */
static size_t measure(const char *string, size_t width)
{
    size_t length = 0;
    for (size_t column = 0; string[length] != '\0' && string[length] != '\n'; length++) {
        const bool is_start = ((unsigned char)string[length] & 0xC0U) != 0x80U;
        if (is_start && column++ == width) {
            break;
        }
    }
    return length;
}

/* Where a line of that length had better end: at a space, where there is one in its second half. */
static size_t find_break(const char *string, size_t length)
{
    if (string[length] == '\0' || string[length] == '\n') {
        return length;
    }
    size_t space = length;
    while (space > length / 2 && string[space] != ' ') {
        space--;
    }
    return string[space] == ' ' ? space : length;
}

void scn_ladder_wrap(struct cog_text *text, size_t column, const char *string)
{
    for (;;) {
        const size_t length = find_break(string, measure(string, SCN_LADDER_WIDTH - column));
        cog_text_append_bytes(text, string, length);
        cog_text_append_bytes(text, "\n", 1);
        string += length;
        string += strspn(string, " \n");
        if (*string == '\0') {
            return;
        }
        cog_text_append_format(text, "%*s", (int)column, "");
    }
}

/* An event of the level debug repeats what the exchange above it says. */
static bool is_shown(const cJSON *event)
{
    return strcmp(scn_ladder_string(event, "level"), "debug") != 0;
}

/* An event that was logged after the n-th request stands behind it. */
static bool collect(const cJSON *record, struct rungs *out_rungs)
{
    const cJSON *exchanges = cJSON_GetObjectItemCaseSensitive(record, "exchanges");
    const cJSON *events = cJSON_GetObjectItemCaseSensitive(record, "events");
    const int capacity = cJSON_GetArraySize(exchanges) + cJSON_GetArraySize(events) + 1;
    struct rungs rungs = {.items = calloc((size_t)capacity, sizeof *rungs.items)};
    if (rungs.items == NULL) {
        return false;
    }
    const cJSON *exchange = exchanges != NULL ? exchanges->child : NULL;
    int64_t exchange_count = 0;
    const cJSON *event = NULL;
    cJSON_ArrayForEach(event, events)
    {
        for (; exchange != NULL && exchange_count < scn_ladder_number(event, "after");
             exchange = exchange->next, exchange_count++) {
            rungs.items[rungs.count++] = (struct rung){exchange, true};
        }
        if (is_shown(event)) {
            rungs.items[rungs.count++] = (struct rung){event, false};
        }
    }
    for (; exchange != NULL; exchange = exchange->next) {
        rungs.items[rungs.count++] = (struct rung){exchange, true};
    }
    *out_rungs = rungs;
    return true;
}

static void rungs_finish(struct rungs *rungs)
{
    free(rungs->items);
    *rungs = (struct rungs){0};
}

static bool is_same_text(const cJSON *left, const cJSON *right, const char *name)
{
    return strcmp(scn_ladder_string(left, name), scn_ladder_string(right, name)) == 0;
}

/* The same but for its time. */
static bool is_equal(const struct rung *left, const struct rung *right)
{
    if (left->is_exchange != right->is_exchange) {
        return false;
    }
    if (!left->is_exchange) {
        return is_same_text(left->node, right->node, "name") &&
               is_same_text(left->node, right->node, "fields");
    }
    return is_same_text(left->node, right->node, "call") &&
           is_same_text(left->node, right->node, "fault") &&
           scn_ladder_number(left->node, "status") == scn_ladder_number(right->node, "status");
}

/* How often the `period` rungs from `index` on stand there, one time behind the other. */
static size_t count_repeats(const struct rungs *rungs, size_t index, size_t period)
{
    size_t count = period;
    while (index + count < rungs->count &&
           is_equal(&rungs->items[index + count], &rungs->items[index + count - period])) {
        count++;
    }
    return count / period;
}

static void append_fold(struct cog_text *text, const struct rung *first, const struct rung *last,
                        size_t count)
{
    char duration[COG_DURATION_TEXT_SIZE];
    const int64_t elapsed_ms =
        scn_ladder_number(last->node, "at") - scn_ladder_number(first->node, "at");
    cog_text_append_format(text, "%*s… %zu more of %s, %s\n", SCN_LADDER_INDENT, "", count,
                           scn_ladder_string(first->node, "call"),
                           cog_duration_format(elapsed_ms, duration));
}

static bool is_step(const struct rung *rung)
{
    return !rung->is_exchange && strcmp(scn_ladder_string(rung->node, "name"), "step") == 0;
}

/* Steps that follow each other stand in one line: "lock → ready". Returns how many they are. */
static size_t append_steps(struct cog_text *text, const struct rungs *rungs, size_t index)
{
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    size_t count = 0;
    for (; index + count < rungs->count && is_step(&rungs->items[index + count]); count++) {
        const char *fields = scn_ladder_string(rungs->items[index + count].node, "fields");
        const char *name = strstr(fields, "name=");
        cog_text_append_format(&line, "%s%s", count > 0 ? " " : "", "→ ");
        cog_text_append(&line, name != NULL ? name + strlen("name=") : fields);
    }
    scn_ladder_wrap(text, SCN_LADDER_INDENT, cog_text_string(&line));
    return count;
}

/* Returns how many rungs the event's line tells. */
static size_t append_event(struct cog_text *text, const struct rungs *rungs, size_t index)
{
    const cJSON *event = rungs->items[index].node;
    scn_ladder_append_time(text, scn_ladder_number(event, "at"));
    cog_text_append(text, "       ");
    if (is_step(&rungs->items[index])) {
        return append_steps(text, rungs, index);
    }
    COG_CLEANUP(cog_text_finish) struct cog_text words = {0};
    scn_ladder_append_words(&words, event);
    scn_ladder_wrap(text, SCN_LADDER_INDENT, cog_text_string(&words));
    return 1;
}

/* Returns how many rungs are told. */
static size_t append_rung(struct cog_text *text, const struct rungs *rungs, size_t index)
{
    if (!rungs->items[index].is_exchange) {
        return append_event(text, rungs, index);
    }
    scn_ladder_append_exchange(text, rungs->items[index].node);
    return 1;
}

/* A poll, or a poll and what the client says to it each time. */
static size_t find_period(const struct rungs *rungs, size_t index)
{
    for (size_t period = 1; period <= 2 && rungs->items[index].is_exchange; period++) {
        if (count_repeats(rungs, index, period) >= FOLD_MIN) {
            return period;
        }
    }
    return 0;
}

/* Of many equal ones the first and the last, which is when something changed. */
static size_t append_rungs(struct cog_text *text, const struct rungs *rungs, size_t index)
{
    const size_t period = find_period(rungs, index);
    if (period == 0) {
        return append_rung(text, rungs, index);
    }
    const size_t count = count_repeats(rungs, index, period);
    const size_t last = index + (count - 1) * period;
    for (size_t i = 0; i < period; i++) {
        (void)append_rung(text, rungs, index + i);
    }
    append_fold(text, &rungs->items[index], &rungs->items[last - period], count - 2);
    for (size_t i = 0; i < period; i++) {
        (void)append_rung(text, rungs, last + i);
    }
    return count * period;
}

static size_t count_lines(const char *string)
{
    size_t count = 0;
    for (; *string != '\0'; string++) {
        count += *string == '\n' ? 1 : 0;
    }
    return count;
}

static const char *skip_lines(const char *string, size_t count)
{
    for (; count > 0 && *string != '\0'; string++) {
        count -= *string == '\n' ? 1 : 0;
    }
    return string;
}

static void append_course(struct cog_text *text, const struct rungs *rungs)
{
    COG_CLEANUP(cog_text_finish) struct cog_text course = {0};
    for (size_t i = 0; i < rungs->count;) {
        i += append_rungs(&course, rungs, i);
    }
    const char *lines = cog_text_string(&course);
    const size_t count = count_lines(lines);
    text->failed = text->failed || course.failed;
    if (count > LINES_MAX) {
        const char *rest = skip_lines(lines, LINES_MAX - LINES_AT_END);
        cog_text_append_bytes(text, lines, (size_t)(rest - lines));
        cog_text_append_format(text, "%*s… %zu lines left out; --trace has all of them\n",
                               SCN_LADDER_INDENT, "", count - LINES_MAX);
        lines = skip_lines(rest, count - LINES_MAX);
    }
    cog_text_append(text, lines);
}

/* Has no second one of its own: this ends there. */
static void append_second(struct cog_text *text, const cJSON *second)
{
    if (cJSON_IsObject(second)) {
        COG_CLEANUP(cog_string_finish) char *ladder = scn_ladder_format(second);
        cog_text_append(text, "  the second operator\n");
        cog_text_append(text, ladder != NULL ? ladder : "");
        text->failed = text->failed || ladder == NULL;
    }
}

char *scn_ladder_format(const cJSON *record)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(rungs_finish) struct rungs rungs = {0};
    if (!collect(record, &rungs)) {
        return NULL;
    }
    scn_ladder_append_comparison(&text, record);
    append_course(&text, &rungs);
    scn_ladder_append_end(&text, record);
    append_second(&text, cJSON_GetObjectItemCaseSensitive(record, "second"));
    return cog_text_take(&text);
}

char *scn_ladder_format_text(const char *record)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    if (cog_json_parse_object(record, strlen(record), &json, NULL) != COG_OK) {
        return NULL;
    }
    return scn_ladder_format(json);
}
