#include "drill/automatic/gate.h"

static enum scn_gate_state choose_state(const struct scn_condition *condition,
                                        const struct scn_drill *drill, int64_t value)
{
    if (value != -1) {
        return scn_condition_is_met(condition, value) ? SCN_GATE_CLOSED : SCN_GATE_OPEN;
    }
    return condition->is_score || drill->targets[condition->figure] >= 0 ? SCN_GATE_BROKEN
                                                                         : SCN_GATE_IDLE;
}

enum cog_code scn_gate_judge(const struct scn_condition *condition, const struct scn_drill *drill,
                             const struct scn_drill_series *series, struct scn_gate *out_gate,
                             struct cog_error *error)
{
    struct scn_statistics statistics = {0};
    enum cog_code code = condition->is_score ? scn_drill_series_points(series, &statistics, error)
                                             : scn_drill_series_figure(series, condition->figure,
                                                                       &statistics, error);
    if (code != COG_OK) {
        return code;
    }
    const int64_t value = scn_statistics_take(&statistics, condition->statistic);
    *out_gate = (struct scn_gate){
        .condition = condition,
        .state = choose_state(condition, drill, value),
        .value = value,
        .run_count = statistics.count,
    };
    return COG_OK;
}

enum scn_result scn_gates_result(const struct scn_gate *gates, size_t count)
{
    bool is_open = false;
    for (size_t i = 0; i < count; i++) {
        is_open = is_open || gates[i].state == SCN_GATE_BROKEN;
    }
    return scn_gates_closed(gates, count) != NULL ? SCN_FAIL
           : is_open                              ? SCN_INCONCLUSIVE
                                                  : SCN_PASS;
}

const char *scn_gates_closed(const struct scn_gate *gates, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (gates[i].state == SCN_GATE_CLOSED) {
            return gates[i].condition->text;
        }
    }
    return NULL;
}
