/* What the history tells of one drill. */
#include "drill/figures.h"

#include "program/drills.h"
#include "program/drills_roll.h"
#include "program/verbs.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>
#include <cogbase/row.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    LABEL_WIDTH = 12,
    BAR_WIDTH = 20, /* As long is the target. */
    OVER_WIDTH = 10,
    STAMP_WIDTH = 24,
    SECOND_MS = 1000,
};

static const char *get_text(const struct scn_history_entry *entry, const char *member)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(entry->json, member);
    return cJSON_IsString(node) ? node->valuestring : "";
}

/* In seconds, when there are some: what people compare. */
static const char *format_ms(const cJSON *number, char buffer[COG_DURATION_TEXT_SIZE])
{
    if (number == NULL || !(number->valuedouble >= 0) ||
        !(number->valuedouble <= (double)COG_DURATION_MS_MAX)) {
        return "-";
    }
    const int64_t ms = (int64_t)number->valuedouble;
    return cog_duration_format(ms < SECOND_MS ? ms : ms - ms % (SECOND_MS / 10), buffer);
}

static int fail_empty(const char *id)
{
    (void)fprintf(stderr,
                  "cogdrill: the history has no rehearsal of '%s'; 'cogdrill rehearse --guided %s'"
                  " adds one, and so does --record without a person\n",
                  id, id);
    return SCN_EXIT_NO_INPUT;
}

static const struct scn_history_entry *find_entry(const struct scn_history *history, const char *id,
                                                  int64_t sequence)
{
    if (sequence < 0) {
        return scn_history_find_last(history, id, NULL);
    }
    for (size_t i = 0; i < history->count; i++) {
        const struct scn_history_entry *entry = &history->entries[i];
        if (entry->sequence == sequence && strcmp(entry->id, id) == 0) {
            return entry;
        }
    }
    return NULL;
}

static void append_figure(struct cog_text *text, const cJSON *figure)
{
    char median[COG_DURATION_TEXT_SIZE];
    char high[COG_DURATION_TEXT_SIZE];
    char target[COG_DURATION_TEXT_SIZE];
    const cJSON *values[] = {
        cJSON_GetObjectItemCaseSensitive(figure, "median"),
        cJSON_GetObjectItemCaseSensitive(figure, "p95"),
        cJSON_GetObjectItemCaseSensitive(figure, "target"),
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        values[i] = cJSON_IsNumber(values[i]) ? values[i] : NULL;
    }
    if (values[0] == NULL) {
        cog_row_append(text, LABEL_WIDTH, figure->string, "none");
    } else if (strcmp(figure->string, "steps") == 0) {
        cog_row_append_format(text, LABEL_WIDTH, figure->string, "%g%s", values[0]->valuedouble,
                              values[2] != NULL && values[0]->valuedouble > values[2]->valuedouble
                                  ? ", more than the target"
                                  : "");
    } else {
        cog_row_append_format(text, LABEL_WIDTH, figure->string, "%s, p95 %s, target %s",
                              format_ms(values[0], median), format_ms(values[1], high),
                              format_ms(values[2], target));
    }
}

/* In the order in which they are told everywhere; the file has them by the alphabet. */
static void append_figures(struct cog_text *text, const struct scn_history_entry *entry)
{
    const cJSON *figures = cJSON_GetObjectItemCaseSensitive(entry->json, "figures");
    for (const char *const *name = scn_figure_names(); *name != NULL; name++) {
        const cJSON *figure = cJSON_GetObjectItemCaseSensitive(figures, *name);
        if (figure != NULL) {
            append_figure(text, figure);
        }
    }
}

static void append_seeds(struct cog_text *text, const struct scn_history_entry *entry)
{
    const cJSON *seeds = cJSON_GetObjectItemCaseSensitive(entry->json, "seeds");
    int64_t first = 0;
    int64_t count = 0;
    if (cog_json_integer(seeds, "first", 0, INT64_MAX, &first, NULL) == COG_OK &&
        cog_json_integer(seeds, "count", 1, INT64_MAX, &count, NULL) == COG_OK) {
        cog_row_append_format(text, LABEL_WIDTH, "seeds", "%" PRId64 "..%" PRId64, first,
                              first + count - 1);
    }
}

static int print_entry(const struct scn_history_entry *entry)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s: ", entry->id);
    cog_text_append_shown(&text, entry->name);
    cog_text_append(&text, "\n");
    cog_row_append_format(&text, LABEL_WIDTH, "verdict", "%s, %d points", entry->verdict,
                          entry->points);
    cog_row_append(&text, LABEL_WIDTH, "aborted", get_text(entry, "aborted"));
    cog_row_append(&text, LABEL_WIDTH, "failed check", get_text(entry, "failed_check"));
    cog_row_append(&text, LABEL_WIDTH, "held at", get_text(entry, "held_at"));
    cog_row_append(&text, LABEL_WIDTH, "mode", entry->mode);
    cog_row_append(&text, LABEL_WIDTH, "operator", get_text(entry, "operator"));
    cog_row_append(&text, LABEL_WIDTH, "client", get_text(entry, "client"));
    append_seeds(&text, entry);
    append_figures(&text, entry);
    cog_row_append(&text, LABEL_WIDTH, "report", get_text(entry, "report"));
    cog_row_append(&text, LABEL_WIDTH, "drill", get_text(entry, "drill_digest"));
    cog_row_append(&text, LABEL_WIDTH, "cogdrill", get_text(entry, "tool_version"));
    cog_row_append_format(&text, LABEL_WIDTH, "seq", "%" PRId64, entry->sequence);
    return scn_drills_print(&text);
}

/* Reads the history, and finds the drill that the first word means. */
static int open_roll(const struct scn_drills_arguments *arguments, struct scn_drills_roll *out_roll,
                     const char **out_id)
{
    struct cog_error error = {0};
    enum cog_code code = scn_drills_roll_call(arguments->history_path, out_roll, &error);
    if (code == COG_OK) {
        code = scn_drills_roll_find(out_roll, arguments->words[0], out_id, &error);
    }
    return code == COG_OK ? 0 : scn_drills_fail(code, &error);
}

int scn_drills_show(const struct scn_drills_arguments *arguments)
{
    COG_CLEANUP(scn_drills_roll_finish) struct scn_drills_roll roll = {0};
    const char *id = "";
    const int failure = open_roll(arguments, &roll, &id);
    if (failure != 0) {
        return failure;
    }
    const struct scn_history_entry *entry = find_entry(&roll.history, id, arguments->sequence);
    if (entry == NULL && arguments->sequence >= 0) {
        (void)fprintf(stderr, "cogdrill: seq %" PRId64 " is no rehearsal of '%s'\n",
                      arguments->sequence, id);
        return SCN_EXIT_NO_INPUT;
    }
    if (entry == NULL) {
        return fail_empty(id);
    }
    return arguments->is_json ? scn_drills_print_json(entry->json) : print_entry(entry);
}

/* The target is a full bar; what is beyond it are marks of exclamation. */
static void append_bar(struct cog_text *text, const cJSON *median, const cJSON *target)
{
    if (median == NULL || target == NULL || !(target->valuedouble > 0)) {
        return;
    }
    const double share = median->valuedouble / target->valuedouble;
    const double longest = BAR_WIDTH + OVER_WIDTH;
    const double wanted = share * BAR_WIDTH + (share > 1 ? 1 : 0);
    const int length = wanted > longest ? (int)longest : wanted < 1 ? 1 : (int)wanted;
    char bar[BAR_WIDTH + OVER_WIDTH + 1];
    for (int i = 0; i < length; i++) {
        bar[i] = i < BAR_WIDTH ? '#' : '!';
    }
    bar[length] = '\0';
    const int within = length < BAR_WIDTH ? length : BAR_WIDTH;
    cog_text_append_format(text, "%-*.*s|%s", (int)BAR_WIDTH, within, bar, bar + within);
}

static void append_held(struct cog_text *text, const struct scn_history_entry *entry)
{
    char median[COG_DURATION_TEXT_SIZE];
    char high[COG_DURATION_TEXT_SIZE];
    char target[COG_DURATION_TEXT_SIZE];
    const cJSON *recover = scn_history_figure(entry, "recover", "median");
    const cJSON *aim = scn_history_figure(entry, "recover", "target");
    cog_text_append_format(text, "%-5" PRId64 " %-*s %-9s %-12s %6d  %-9s %-9s %-9s",
                           entry->sequence, (int)STAMP_WIDTH, get_text(entry, "held_at"),
                           entry->mode, entry->verdict, entry->points, format_ms(recover, median),
                           format_ms(scn_history_figure(entry, "recover", "p95"), high),
                           format_ms(aim, target));
    append_bar(text, recover, aim);
    cog_text_append(text, "\n");
}

static int print_trend(const struct scn_history *history, const char *id)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%-5s %-*s %-9s %-12s %6s  %-9s %-9s %-9s%s\n", "SEQ",
                           (int)STAMP_WIDTH, "HELD AT", "MODE", "VERDICT", "POINTS", "RECOVER",
                           "P95", "TARGET", "RECOVER AGAINST TARGET");
    for (size_t i = 0; i < history->count; i++) {
        if (strcmp(history->entries[i].id, id) == 0) {
            append_held(&text, &history->entries[i]);
        }
    }
    return scn_drills_print(&text);
}

int scn_drills_trend(const struct scn_drills_arguments *arguments)
{
    COG_CLEANUP(scn_drills_roll_finish) struct scn_drills_roll roll = {0};
    const char *id = "";
    const int failure = open_roll(arguments, &roll, &id);
    if (failure != 0) {
        return failure;
    }
    if (arguments->is_json) {
        COG_CLEANUP(cog_json_finish) cJSON *array = NULL;
        struct cog_error error = {0};
        enum cog_code code = scn_history_trend_of(&roll.history, id, &array, &error);
        return code == COG_OK ? scn_drills_print_json(array) : scn_drills_fail(code, &error);
    }
    return scn_history_find_last(&roll.history, id, NULL) != NULL ? print_trend(&roll.history, id)
                                                                  : fail_empty(id);
}
