/** A matrix in JSON: [{"call", "phase", "runs", "failed"}]. */
#ifndef SCN_MATRIX_JSON_H
#define SCN_MATRIX_JSON_H

#include "explore/matrix.h"
#include "report/json_text.h"

#include <cjson/cJSON.h>

/** @param name of the member; NULL for a list that stands alone */
void scn_matrix_write(struct scn_json_text *json, const char *name,
                      const struct scn_matrix *matrix);

/** Adds what the member "matrix" has. @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY */
enum cog_code scn_matrix_read(const cJSON *object, struct scn_matrix *matrix,
                              struct cog_error *error) COG_CHECK;

#endif
