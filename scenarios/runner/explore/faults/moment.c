#include "explore/faults/moment.h"

#include <stdlib.h>

enum { TIMES_OF_EXCHANGE = 3 };

static int compare_times(const void *left, const void *right)
{
    const int64_t left_ms = *(const int64_t *)left;
    const int64_t right_ms = *(const int64_t *)right;
    return (left_ms > right_ms) - (left_ms < right_ms);
}

/* Of all that happened, in any order; -1 stands for never. */
static int64_t *collect_times(const struct scn_facts *facts, size_t *out_count)
{
    const size_t room = facts->exchange_count * TIMES_OF_EXCHANGE + facts->event_count + 1;
    int64_t *times_ms = calloc(room, sizeof *times_ms);
    size_t count = 0;
    for (size_t i = 0; times_ms != NULL && i < facts->exchange_count; i++) {
        times_ms[count++] = facts->exchanges[i].at_ms;
        times_ms[count++] = facts->exchanges[i].answered_ms;
        times_ms[count++] = facts->exchanges[i].done_ms;
    }
    for (size_t i = 0; times_ms != NULL && i < facts->event_count; i++) {
        times_ms[count++] = facts->events[i].at_ms;
    }
    *out_count = count;
    return times_ms;
}

static size_t count_requests_before(const struct scn_facts *facts, int64_t at_ms)
{
    size_t count = 0;
    while (count < facts->exchange_count && facts->exchanges[count].at_ms < at_ms) {
        count++;
    }
    return count;
}

static void add(const struct scn_facts *facts, struct scn_sites *sites, int64_t at_ms,
                bool is_between)
{
    sites->moments[sites->moment_count++] = (struct scn_moment){
        .at_ms = at_ms,
        .order = count_requests_before(facts, at_ms),
        .is_between = is_between,
    };
}

/* In real time nothing is so sharp that a millisecond counts. */
static bool read_rough(struct scn_sites *sites)
{
    sites->moments = calloc(sites->count + 1, sizeof *sites->moments);
    for (size_t i = 0; sites->moments != NULL && i < sites->count; i++) {
        const struct scn_site *site = &sites->items[i];
        if (i == 0 || site->at_ms > site[-1].at_ms) {
            sites->moments[sites->moment_count++] = (struct scn_moment){
                .at_ms = site->at_ms, .order = site->order - 1, .is_between = true};
        }
    }
    return sites->moments != NULL;
}

bool scn_moments_read(const struct scn_facts *facts, struct scn_sites *sites)
{
    size_t count = 0;
    if (facts->ending != NULL) {
        return read_rough(sites);
    }
    int64_t *times_ms = collect_times(facts, &count);
    sites->moments = calloc(2 * count + 1, sizeof *sites->moments);
    if (times_ms == NULL || sites->moments == NULL) {
        free(times_ms);
        return false;
    }
    qsort(times_ms, count, sizeof *times_ms, compare_times);
    int64_t before_ms = -1;
    for (size_t i = 0; i < count; i++) {
        if (times_ms[i] == before_ms || times_ms[i] < 0) {
            continue;
        }
        if (before_ms >= 0 && times_ms[i] > before_ms + 1) {
            add(facts, sites, before_ms + (times_ms[i] - before_ms) / 2, true);
        }
        add(facts, sites, times_ms[i], false);
        before_ms = times_ms[i];
    }
    free(times_ms);
    return true;
}
