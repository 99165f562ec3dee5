#include "explore/report/matrix_json.h"

#include "report/member.h"

#include <cogbase/number.h>

static const struct scn_member members[] = {
    {"call", cJSON_String, true},
    {"phase", cJSON_String, false},
    {NULL, 0, false},
};

void scn_matrix_write(struct scn_json_text *json, const char *name, const struct scn_matrix *matrix)
{
    scn_json_text_open(json, name, '[');
    for (size_t i = 0; i < matrix->count; i++) {
        const struct scn_matrix_cell *cell = &matrix->cells[i];
        scn_json_text_open(json, NULL, '{');
        scn_json_text_string(json, "call", cell->call[0] != '\0' ? cell->call : NULL);
        scn_json_text_string(json, "phase", cell->phase);
        scn_json_text_integer(json, "runs", (int64_t)cell->run_count);
        scn_json_text_integer(json, "failed", (int64_t)cell->failed_count);
        scn_json_text_close(json, '}');
    }
    scn_json_text_close(json, ']');
}

static enum cog_code read_cell(const cJSON *object, struct scn_matrix *matrix,
                               struct cog_error *error)
{
    int64_t run_count = 0;
    int64_t failed_count = 0;
    enum cog_code code = scn_members_check(object, members, error);
    if (code == COG_OK) {
        code = scn_member_integer(object, "runs", 0, COG_NUMBER_INTEGER_MAX, &run_count, error);
    }
    if (code == COG_OK) {
        code = scn_member_integer(object, "failed", 0, run_count, &failed_count, error);
    }
    if (code != COG_OK) {
        return code;
    }
    const struct scn_matrix_count count = {
        .call = scn_member_string(object, "call"),
        .phase = scn_member_string(object, "phase"),
        .run_count = (size_t)run_count,
        .failed_count = (size_t)failed_count,
    };
    code = scn_matrix_add(matrix, &count);
    if (code == COG_ERROR_ARGUMENT) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "there is no such call or phase");
    }
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "out of memory");
}

enum cog_code scn_matrix_read(const cJSON *object, struct scn_matrix *matrix,
                              struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = COG_OK;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(object, "matrix"))
    {
        if (code == COG_OK) {
            code = read_cell(node, matrix, error);
        }
    }
    return code == COG_OK ? COG_OK : cog_error_wrap(error, code, "'matrix'");
}
