#include "explore/report/matrix_json.h"
#include "explore/report/members.h"

void scn_reach_members_write(struct scn_json_text *json, const struct scn_exploration *exploration)
{
    scn_members_open_line(json, "cells", '[');
    for (size_t i = 0; i < exploration->cells.count; i++) {
        scn_json_text_string(json, NULL, exploration->cells.items[i]);
    }
    scn_json_text_close(json, ']');
    scn_matrix_write(json, "matrix", &exploration->matrix);
}

static enum cog_code read_cells(const cJSON *object, struct scn_cells *cells,
                                struct cog_error *error)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, cJSON_GetObjectItemCaseSensitive(object, "cells"))
    {
        const char *name = cJSON_GetStringValue(node);
        enum cog_code code = name != NULL ? scn_cells_add(cells, "%s", name) : COG_ERROR_ARGUMENT;
        if (code != COG_OK) {
            return code == COG_ERROR_MEMORY
                       ? cog_error_set(error, code, "out of memory")
                       : cog_error_set(error, COG_ERROR_SYNTAX, "'cells': expected names of cells");
        }
    }
    return COG_OK;
}

enum cog_code scn_reach_members_read(const cJSON *object, struct scn_exploration *exploration,
                                     struct cog_error *error)
{
    enum cog_code code = read_cells(object, &exploration->cells, error);
    return code == COG_OK ? scn_matrix_read(object, &exploration->matrix, error) : code;
}
