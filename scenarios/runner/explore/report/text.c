#include "coverage/map.h"
#include "explore/report/ranking.h"
#include "explore/report/report.h"
#include "session/figure.h"
#include "session/pace.h"
#include "session/paragraph.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <string.h>

enum {
    WIDTH = 79,
    GROUPS_SHOWN = 10,
    SLOWEST_SHOWN = 3,
    LABEL_SIZE = 32,
    SECOND_MS = 1000,
};

static void append_line(struct cog_text *text, const char *indent, const char *line)
{
    scn_paragraph_append_line(&(struct scn_paragraph){.rest = indent, .width = WIDTH}, line, text);
}

static void append_wrapped(struct cog_text *text, const char *indent, const char *paragraph)
{
    scn_paragraph_append(&(struct scn_paragraph){.rest = indent, .width = WIDTH}, paragraph, text);
}

/* By a seed each, and not one after the other. */
static bool is_drawn(const struct scn_exploration_origin *origin)
{
    return strcmp(origin->verb, "swarm") == 0;
}

/* Not faults, but schedules. */
static bool is_of_operators(const struct scn_exploration_origin *origin)
{
    return strcmp(origin->verb, "operators") == 0;
}

static void append_head(struct cog_text *text, const struct scn_exploration *exploration,
                        const struct scn_exploration_origin *origin)
{
    COG_CLEANUP(cog_text_finish) struct cog_text head = {0};
    cog_text_append_format(&head, "%s: %zu base%s, ", origin->verb, exploration->base_count,
                           exploration->base_count == 1 ? "" : "s");
    if (is_drawn(origin)) {
        cog_text_append_format(&head, "seeds from %" PRIu64 " on", origin->seed);
    } else if (is_of_operators(origin)) {
        cog_text_append_format(&head, "every schedule%s, seed %" PRIu64,
                               origin->is_pruned ? "" : ", not pruned", origin->seed);
    } else {
        cog_text_append_format(&head, "up to %d fault%s a run%s, seed %" PRIu64, origin->depth,
                               origin->depth == 1 ? "" : "s",
                               origin->is_pruned ? "" : ", not pruned", origin->seed);
    }
    cog_text_append_format(&head, ", %s", origin->transport);
    if (origin->shard_count > 0) {
        cog_text_append_format(&head, ", shard %zu/%zu", origin->shard_index, origin->shard_count);
    }
    if (origin->client != NULL) {
        cog_text_append_format(&head, ", client: %s", origin->client);
    }
    append_wrapped(text, "", cog_text_string(&head));
    text->failed = text->failed || head.failed;
    if (exploration->is_interrupted) {
        cog_text_append(text, "it was not brought to its end: this is not all of it\n");
    }
}

static void append_effort(struct cog_text *text, const char *label, const struct scn_effort *effort)
{
    const size_t numbers[] = {effort->possible_count, effort->run_count, effort->idle_count,
                              effort->pruned_count, effort->failed_count};
    cog_text_append_format(text, "%-24s", label);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char figure[SCN_FIGURE_SIZE];
        cog_text_append_format(text, "%11s", scn_figure_format((int64_t)numbers[i], figure));
    }
    cog_text_append(text, "\n");
}

static const char *label_depth(const struct scn_exploration_origin *origin, int depth,
                               char label[LABEL_SIZE])
{
    if (is_drawn(origin)) {
        return "  seeds";
    }
    if (is_of_operators(origin)) {
        return "  schedules";
    }
    (void)snprintf(label, LABEL_SIZE, "  %d fault%s", depth, depth == 1 ? "" : "s");
    return label;
}

static void append_tried(struct cog_text *text, const struct scn_exploration *exploration,
                         const struct scn_exploration_origin *origin)
{
    char label[LABEL_SIZE];
    cog_text_append_format(text, "\n%-24s%11s%11s%11s%11s%11s\n", "", "possible", "run", "idle",
                           "pruned", "failed");
    for (size_t i = 0; i < exploration->base_count; i++) {
        append_line(text, "", exploration->bases[i].name);
        for (int depth = 1; depth <= origin->depth; depth++) {
            append_effort(text, label_depth(origin, depth, label),
                          &exploration->bases[i].depths[depth - 1]);
        }
    }
    if (exploration->base_count < 2) {
        return;
    }
    cog_text_append(text, "all\n");
    for (int depth = 1; depth <= origin->depth; depth++) {
        const struct scn_effort sum = scn_exploration_sum(exploration, depth);
        append_effort(text, label_depth(origin, depth, label), &sum);
    }
}

static void append_rate(struct cog_text *text, const struct scn_exploration *exploration)
{
    char count[SCN_FIGURE_SIZE];
    char rate[SCN_FIGURE_SIZE];
    char duration[COG_DURATION_TEXT_SIZE];
    const struct scn_effort all = scn_exploration_sum_all(exploration);
    const int64_t real_ms = exploration->real_ms;
    cog_text_append_format(
        text, "\n%s runs in %" PRId64 ".%02" PRId64 " s, %s a second; %s of virtual time\n",
        scn_figure_format((int64_t)all.run_count, count), real_ms / SECOND_MS,
        real_ms % SECOND_MS / 10, scn_figure_format(scn_pace_rate(all.run_count, real_ms), rate),
        cog_duration_format(all.virtual_ms / SECOND_MS * SECOND_MS, duration));
}

/* "a promotion: promote#1/a1 status_503, status#2.. delay" */
static void append_example(struct cog_text *text, const struct scn_exploration *exploration,
                           const struct scn_discovery *discovery)
{
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    cog_text_append(&line, exploration->bases[discovery->base_index].name);
    cog_text_append(&line, discovery->faults[0] == NULL ? ": without any fault" : "");
    for (size_t i = 0; i < scn_discovery_fault_count(discovery); i++) {
        cog_text_append_format(&line, "%s %s", i == 0 ? ":" : ",", discovery->faults[i]);
    }
    append_wrapped(text, "    ", cog_text_string(&line));
    text->failed = text->failed || line.failed;
}

static void append_group(struct cog_text *text, const struct scn_exploration *exploration,
                         const struct scn_exploration_origin *origin,
                         const struct scn_ranked_group *group)
{
    char id[SCN_DISCOVERY_ID_SIZE];
    const bool is_open = group->finding->result == SCN_INCONCLUSIVE;
    (void)scn_discovery_id(group->smallest_index, id);
    cog_text_append_format(text, "\n%s%s, %zu time%s; the smallest is %s\n",
                           group->finding->subject, is_open ? " could not be judged" : "",
                           group->count, group->count == 1 ? "" : "s", id);
    append_wrapped(text, "    ", group->finding->text);
    append_example(text, exploration, &exploration->discoveries[group->smallest_index]);
    if (origin->shrink_command != NULL) {
        /* Not broken: it is there to be copied. */
        cog_text_append_format(text, "    %s %s\n", origin->shrink_command, id);
    }
}

static void append_found(struct cog_text *text, const struct scn_exploration *exploration,
                         const struct scn_exploration_origin *origin,
                         const struct scn_ranking *ranking)
{
    const struct scn_effort all = scn_exploration_sum_all(exploration);
    if (exploration->discovery_count == 0) {
        cog_text_append(text, "nothing found\n");
        return;
    }
    cog_text_append_format(text, "%zu failed, %zu inconclusive; %zu kind%s, the gravest first\n",
                           all.failed_count, all.inconclusive_count, ranking->count,
                           ranking->count == 1 ? "" : "s");
    for (size_t i = 0; i < ranking->count && i < GROUPS_SHOWN; i++) {
        append_group(text, exploration, origin, &ranking->groups[i]);
    }
    if (ranking->count > GROUPS_SHOWN) {
        cog_text_append_format(text, "\nand %zu kinds more: --json and --html have all\n",
                               ranking->count - GROUPS_SHOWN);
    }
    cog_text_append(text, "\n");
}

/* Cells of one dimension, which stand side by side. */
static size_t measure_dimension(const struct scn_map *map, size_t begin, size_t *out_run_count)
{
    const char *name = map->cells[begin].name;
    const size_t length = strcspn(name, "/");
    size_t end = begin;
    *out_run_count = 0;
    while (end < map->names.count && strncmp(map->cells[end].name, name, length) == 0 &&
           map->cells[end].name[length] == name[length]) {
        *out_run_count += map->cells[end].state == SCN_CELL_RUN ? 1 : 0;
        end++;
    }
    return end - begin;
}

static enum cog_code append_coverage(struct cog_text *text,
                                     const struct scn_exploration *exploration,
                                     struct cog_error *error)
{
    COG_CLEANUP(scn_map_finish) struct scn_map map = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    enum cog_code code = scn_map_init(&map, error);
    if (code != COG_OK) {
        return code;
    }
    scn_map_add(&map, &exploration->cells);
    cog_text_append_format(&line,
                           "coverage by single faults, %zu of %zu cells:", map.counts[SCN_CELL_RUN],
                           map.names.count);
    for (size_t i = 0; i < map.names.count;) {
        const char *name = map.cells[i].name;
        size_t run_count = 0;
        const size_t count = measure_dimension(&map, i, &run_count);
        cog_text_append_format(&line, "%s %.*s %zu/%zu", i == 0 ? "" : ",", (int)strcspn(name, "/"),
                               name, run_count, count);
        i += count;
    }
    append_wrapped(text, "", cog_text_string(&line));
    text->failed = text->failed || line.failed;
    return COG_OK;
}

static void append_slowest(struct cog_text *text, const struct scn_exploration *exploration)
{
    if (exploration->slowest_count > 0) {
        cog_text_append(text, "slowest, in real time:\n");
    }
    for (size_t i = 0; i < exploration->slowest_count && i < SLOWEST_SHOWN; i++) {
        char time[LABEL_SIZE];
        (void)snprintf(time, sizeof time, "%8" PRId64 " ms  ", exploration->slowest[i].real_ms);
        append_line(text, time, exploration->slowest[i].name);
    }
}

enum cog_code scn_exploration_write_text(FILE *stream, const struct scn_exploration *exploration,
                                         const struct scn_exploration_origin *origin,
                                         struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(scn_ranking_finish) struct scn_ranking ranking = {0};
    if (scn_ranking_make(exploration, &ranking) != COG_OK) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    append_head(&text, exploration, origin);
    append_tried(&text, exploration, origin);
    append_rate(&text, exploration);
    append_found(&text, exploration, origin, &ranking);
    /* Schedules have no faults, and the cells are those of our own client. */
    const bool has_cells = !is_of_operators(origin) && origin->client == NULL;
    enum cog_code code = has_cells ? append_coverage(&text, exploration, error) : COG_OK;
    if (code != COG_OK) {
        return code;
    }
    append_slowest(&text, exploration);
    if (text.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    (void)fputs(cog_text_string(&text), stream);
    return COG_OK;
}
