#include "drill/checklist.h"

enum { FULL_PERCENT = 100 };

/* Weights of what was to be judged at all. */
struct weights {
    int all;
    int earned;
    int unknown; /* Of points that could not be judged. */
    bool is_critical_unknown;
};

static void weigh(const struct scn_check *check, const struct scn_check_result *result,
                  struct weights *weights)
{
    if (result->is_idle) {
        return;
    }
    weights->all += check->weight;
    if (result->result == SCN_PASS) {
        weights->earned += check->weight;
    } else if (result->result == SCN_INCONCLUSIVE) {
        weights->unknown += check->weight;
        weights->is_critical_unknown = weights->is_critical_unknown || check->is_critical;
    }
}

static int reckon_points(int earned, int all, int hint_cost)
{
    const int points = all > 0 ? earned * FULL_PERCENT / all - hint_cost : 0;
    return points > 0 ? points : 0;
}

static const char *find_failed(const struct scn_checklist *checklist,
                               const struct scn_check_results *results)
{
    for (size_t i = 0; i < checklist->count && i < results->count; i++) {
        const struct scn_check_result *result = &results->items[i];
        if (checklist->items[i].is_critical && !result->is_idle && result->result == SCN_FAIL) {
            return checklist->items[i].id;
        }
    }
    return NULL;
}

struct scn_score scn_checklist_score(const struct scn_checklist *checklist,
                                     const struct scn_check_results *results, int pass_mark,
                                     int hint_cost)
{
    struct weights weights = {0};
    for (size_t i = 0; i < checklist->count && i < results->count; i++) {
        weigh(&checklist->items[i], &results->items[i], &weights);
    }
    struct scn_score score = {
        .verdict = SCN_PASS,
        .points = reckon_points(weights.earned, weights.all, hint_cost),
        .hint_cost = hint_cost,
        .failed_check = find_failed(checklist, results),
    };
    /* With a critical point open, only what nothing could mend any more has failed. */
    const int hope = weights.is_critical_unknown ? weights.unknown : 0;
    const int best = reckon_points(weights.earned + hope, weights.all, hint_cost);
    if (score.failed_check != NULL || (weights.all > 0 && best < pass_mark)) {
        score.verdict = SCN_FAIL;
    } else if (weights.is_critical_unknown || weights.all == 0) {
        score.verdict = SCN_INCONCLUSIVE;
    }
    return score;
}
