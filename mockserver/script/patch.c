/* A script that is changed by hand. */
#include "script/scenario.h"

#include <string.h>

/* The documents of a source, parsed again, and the new patch behind them. */
struct reading {
    struct cog_document scenario;
    struct cog_document patches[MOCK_SOURCE_PATCHES_MAX];
    const struct cog_document *list[MOCK_SOURCE_PATCHES_MAX + 2];
};

static void reading_finish(struct reading *reading)
{
    for (size_t i = 0; i < MOCK_SOURCE_PATCHES_MAX; i++) {
        cog_document_finish(&reading->patches[i]);
    }
    cog_document_finish(&reading->scenario);
}

static enum cog_code read_patches(const struct mock_source *source, struct reading *reading,
                                  struct cog_error *error)
{
    for (size_t i = 0; i < source->patch_count; i++) {
        const char *text = source->patches[i];
        enum cog_code code = cog_document_parse("an earlier change", text, strlen(text),
                                                &reading->patches[i], error);
        if (code != COG_OK) {
            return code;
        }
        reading->list[i] = &reading->patches[i];
    }
    return COG_OK;
}

enum cog_code mock_script_patch(const struct mock_script *script, const struct cog_document *patch,
                                struct mock_script **out_script, struct cog_error *error)
{
    const struct mock_source *source = &script->source;
    COG_CLEANUP(reading_finish) struct reading reading = {0};
    struct mock_case chosen = {0};
    const bool has_text = source->text != NULL;
    enum cog_code code = COG_OK;
    if (has_text) {
        code = cog_document_parse(source->name, source->text, strlen(source->text),
                                  &reading.scenario, error);
    }
    if (code == COG_OK && source->case_name != NULL) {
        code = mock_cases_find(&reading.scenario, source->case_name, &chosen, error);
    }
    if (code == COG_OK) {
        code = read_patches(source, &reading, error);
    }
    if (code != COG_OK) {
        return code;
    }
    reading.list[source->patch_count] = patch;
    return mock_script_parse_patched(has_text ? &reading.scenario : NULL, &chosen, reading.list,
                                     out_script, error);
}
