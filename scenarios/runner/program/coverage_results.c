#include "program/coverage.h"

#include "program/input_file.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <string.h>

enum { RESULTS_LENGTH_MAX = 1 << 30 };

static enum cog_code add_record(const cJSON *record, struct scn_map *map,
                                struct scn_findings *findings)
{
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(record, "name"));
    const char *result = cJSON_GetStringValue(cJSON_GetObjectItem(record, "result"));
    if (result == NULL || strcmp(result, scn_result_name(SCN_PASS)) != 0) {
        scn_findings_append(findings, SCN_FAIL, "scenario", "'%s' did not pass",
                            name != NULL ? name : "?");
        return COG_OK;
    }
    COG_CLEANUP(scn_cells_finish) struct scn_cells reached = {0};
    const cJSON *cell = NULL;
    cJSON_ArrayForEach(cell, cJSON_GetObjectItem(record, "cells"))
    {
        if (cJSON_IsString(cell)) {
            scn_cells_note(&reached, "%s", cell->valuestring);
        }
    }
    scn_map_add(map, &reached);
    return reached.failed ? COG_ERROR_MEMORY : COG_OK;
}

enum cog_code scn_coverage_read_results(const char *path, struct scn_map *map,
                                        struct scn_findings *findings, struct cog_error *error)
{
    static const char format[] = "cogdrill-results";
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    COG_CLEANUP(cog_json_finish) cJSON *results = NULL;
    enum cog_code code = scn_input_file_read(path, RESULTS_LENGTH_MAX, &text, &length, error);
    if (code != COG_OK) {
        return code;
    }
    code = cog_json_parse_object(text, length, &results, error);
    const char *stated = cJSON_GetStringValue(cJSON_GetObjectItem(results, "format"));
    const cJSON *records = cJSON_GetObjectItem(results, "scenarios");
    if (code != COG_OK || stated == NULL || strcmp(stated, format) != 0 ||
        !cJSON_IsArray(records)) {
        return cog_error_set(error, COG_ERROR_SYNTAX,
                             "%s: expected results of 'cogdrill run --json', an object of format "
                             "'%s'",
                             path, format);
    }
    const cJSON *record = NULL;
    cJSON_ArrayForEach(record, records)
    {
        code = code == COG_OK ? add_record(record, map, findings) : code;
    }
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "out of memory");
}
