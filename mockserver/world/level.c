#include "world/level.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int mock_level_at(const struct mock_level *level, int64_t now_ms, int initial)
{
    int value = initial;
    for (size_t i = 0; i < level->step_count && level->steps[i].at_ms <= now_ms; i++) {
        value = level->steps[i].value;
    }
    return value;
}

bool mock_level_equals(const struct mock_level *left, const struct mock_level *right)
{
    if (left->step_count != right->step_count) {
        return false;
    }
    for (size_t i = 0; i < left->step_count; i++) {
        if (left->steps[i].at_ms != right->steps[i].at_ms ||
            left->steps[i].value != right->steps[i].value) {
            return false;
        }
    }
    return true;
}

enum cog_code mock_level_copy(const struct mock_level *level, struct mock_level *out_level)
{
    struct mock_level copy = {.step_count = level->step_count};
    if (level->step_count > 0) {
        copy.steps = calloc(level->step_count, sizeof *copy.steps);
        if (copy.steps == NULL) {
            return COG_ERROR_MEMORY;
        }
        memcpy(copy.steps, level->steps, level->step_count * sizeof *copy.steps);
    }
    *out_level = copy;
    return COG_OK;
}

void mock_level_finish(struct mock_level *level)
{
    free(level->steps);
    *level = (struct mock_level){0};
}

enum cog_code mock_gauge_init(const struct mock_level *level, int initial, int64_t epoch_ms,
                              struct mock_gauge *out_gauge)
{
    struct mock_gauge gauge = {.epoch_ms = epoch_ms, .value = initial};
    enum cog_code code = mock_level_copy(level, &gauge.level);
    if (code != COG_OK) {
        return code;
    }
    mock_gauge_seek(&gauge, epoch_ms);
    *out_gauge = gauge;
    return COG_OK;
}

void mock_gauge_finish(struct mock_gauge *gauge)
{
    mock_level_finish(&gauge->level);
    *gauge = (struct mock_gauge){0};
}

int64_t mock_gauge_due_ms(const struct mock_gauge *gauge)
{
    if (gauge->step_index >= gauge->level.step_count) {
        return INT64_MAX;
    }
    return gauge->epoch_ms + gauge->level.steps[gauge->step_index].at_ms;
}

bool mock_gauge_step(struct mock_gauge *gauge)
{
    assert(gauge->step_index < gauge->level.step_count);

    const int before = gauge->value;
    gauge->value = gauge->level.steps[gauge->step_index++].value;
    return gauge->value != before;
}

void mock_gauge_seek(struct mock_gauge *gauge, int64_t now_ms)
{
    while (mock_gauge_due_ms(gauge) <= now_ms) {
        (void)mock_gauge_step(gauge);
    }
}
