/* A level in a saved state: its timeline, and from when on it counts. */
#include "world/state_part.h"

#include <stdlib.h>

static const struct mock_state_field gauge_fields[] = {
    {"epoch_ms",
     MOCK_STATE_INT64,
     offsetof(struct mock_gauge, epoch_ms),
     {0, MOCK_STATE_INTEGER_MAX},
     NULL},
    {0},
};

static bool write_step(cJSON *array, const struct mock_level_step *step)
{
    cJSON *object = mock_state_object_append(array);
    return object != NULL &&
           cJSON_AddNumberToObject(object, "at_ms", (double)step->at_ms) != NULL &&
           cJSON_AddNumberToObject(object, "value", step->value) != NULL;
}

bool mock_state_gauge_write(cJSON *object, const char *key, const struct mock_gauge *gauge)
{
    cJSON *node = cJSON_AddObjectToObject(object, key);
    if (node == NULL || !mock_state_fields_write(gauge_fields, gauge, node)) {
        return false;
    }
    cJSON *array = cJSON_AddArrayToObject(node, "steps");
    bool is_written = array != NULL;
    for (size_t i = 0; is_written && i < gauge->level.step_count; i++) {
        is_written = write_step(array, &gauge->level.steps[i]);
    }
    return is_written;
}

static enum cog_code read_step(const struct cog_document *document, const cJSON *entry,
                               struct cog_document_range range, struct mock_level *level,
                               struct cog_error *error)
{
    const struct mock_state_field fields[] = {
        {"at_ms",
         MOCK_STATE_INT64,
         offsetof(struct mock_level_step, at_ms),
         {level->step_count == 0 ? 0 : level->steps[level->step_count - 1].at_ms,
          MOCK_STATE_INTEGER_MAX},
         NULL},
        {"value", MOCK_STATE_INT, offsetof(struct mock_level_step, value), range, NULL},
        {0},
    };
    static const char *const others[] = {NULL};
    struct mock_level_step *step = &level->steps[level->step_count];
    enum cog_code code = mock_state_check_keys(document, entry, fields, others, error);
    if (code == COG_OK) {
        code = mock_state_fields_read(document, entry, fields, step, error);
    }
    if (code == COG_OK) {
        level->step_count++;
    }
    return code;
}

static enum cog_code read_level(const struct cog_document *document, const cJSON *node,
                                struct cog_document_range range, struct mock_level *level,
                                struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = mock_state_list(document, node, "steps", MOCK_STEPS_MAX, &array, error);
    if (code != COG_OK) {
        return code;
    }
    level->steps = calloc((size_t)cJSON_GetArraySize(array) + 1, sizeof *level->steps);
    if (level->steps == NULL) {
        return mock_state_fail_memory(error);
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        code = read_step(document, entry, range, level, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

enum cog_code mock_state_gauge_read(const struct cog_document *document, const cJSON *object,
                                    const char *key, const struct mock_state_level_form *form,
                                    struct mock_gauge *out_gauge, struct cog_error *error)
{
    static const char *const others[] = {"steps", NULL};
    const cJSON *node = NULL;
    struct mock_gauge gauge = {0};
    COG_CLEANUP(mock_level_finish) struct mock_level level = {0};
    enum cog_code code = cog_document_require(document, object, key, &node, error);
    if (code == COG_OK) {
        code = mock_state_check_keys(document, node, gauge_fields, others, error);
    }
    if (code == COG_OK) {
        code = mock_state_fields_read(document, node, gauge_fields, &gauge, error);
    }
    if (code == COG_OK) {
        code =
            mock_state_check_past(document, node, "epoch_ms", gauge.epoch_ms, form->now_ms, error);
    }
    if (code == COG_OK) {
        code = read_level(document, node, form->range, &level, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (mock_gauge_init(&level, form->initial, gauge.epoch_ms, out_gauge) != COG_OK) {
        return mock_state_fail_memory(error);
    }
    mock_gauge_seek(out_gauge, form->now_ms);
    return COG_OK;
}
