/** A number that changes over time as a timeline says: active sessions, the platform's health. */
#ifndef MOCK_WORLD_LEVEL_H
#define MOCK_WORLD_LEVEL_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** From `at_ms` on, `value` holds: a number of sessions, or an HTTP status. */
struct mock_level_step {
    int64_t at_ms;
    int value;
};

/** The timeline. Times ascend. `{0}` is empty and safe to finish. */
struct mock_level {
    struct mock_level_step *steps; /**< Owned. */
    size_t step_count;
};

/** The value at `now_ms`; `initial` before the first step. */
int mock_level_at(const struct mock_level *level, int64_t now_ms, int initial);

bool mock_level_equals(const struct mock_level *left, const struct mock_level *right);

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_level_copy(const struct mock_level *level,
                              struct mock_level *out_level) COG_CHECK;

void mock_level_finish(struct mock_level *level);

/** A level in use. `{0}` stays at 0 and is safe to finish. */
struct mock_gauge {
    struct mock_level level; /**< Owned. */
    int64_t epoch_ms;        /**< From here its times count. */
    size_t step_index;       /**< The next step. */
    int value;               /**< Now. */
};

/**
 * Starts a level.
 *
 * @param level copied
 * @param initial before the first step
 * @param epoch_ms now
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_gauge_init(const struct mock_level *level, int initial, int64_t epoch_ms,
                              struct mock_gauge *out_gauge) COG_CHECK;

void mock_gauge_finish(struct mock_gauge *gauge);

/** When the next step is due; INT64_MAX for never. */
int64_t mock_gauge_due_ms(const struct mock_gauge *gauge);

/** Takes the next step, which there must be. @return whether the value has changed */
bool mock_gauge_step(struct mock_gauge *gauge);

/** Takes all steps that are due by `now_ms`. */
void mock_gauge_seek(struct mock_gauge *gauge, int64_t now_ms);

#endif
