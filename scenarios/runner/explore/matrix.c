#include "explore/matrix.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static int compare(const struct scn_matrix_cell *left, const struct scn_matrix_cell *right)
{
    const int order = strcmp(left->call, right->call);
    return order != 0 ? order : strcmp(left->phase, right->phase);
}

/* Makes room at that index. */
static enum cog_code insert(struct scn_matrix *matrix, size_t index,
                            const struct scn_matrix_cell *cell)
{
    struct scn_matrix_cell *cells = realloc(matrix->cells, (matrix->count + 1) * sizeof *cells);
    if (cells == NULL) {
        return COG_ERROR_MEMORY;
    }
    memmove(&cells[index + 1], &cells[index], (matrix->count - index) * sizeof *cells);
    cells[index] = *cell;
    matrix->cells = cells;
    matrix->count++;
    return COG_OK;
}

enum cog_code scn_matrix_add(struct scn_matrix *matrix, const struct scn_matrix_count *count)
{
    struct scn_matrix_cell cell = {0};
    size_t index = 0;
    if (!cog_string_copy(cell.call, sizeof cell.call, count->call != NULL ? count->call : "") ||
        !cog_string_copy(cell.phase, sizeof cell.phase, count->phase)) {
        return COG_ERROR_ARGUMENT;
    }
    while (index < matrix->count && compare(&matrix->cells[index], &cell) < 0) {
        index++;
    }
    if (index == matrix->count || compare(&matrix->cells[index], &cell) != 0) {
        enum cog_code code = insert(matrix, index, &cell);
        if (code != COG_OK) {
            return code;
        }
    }
    matrix->cells[index].run_count += count->run_count;
    matrix->cells[index].failed_count += count->failed_count;
    return COG_OK;
}

enum cog_code scn_matrix_join(struct scn_matrix *matrix, const struct scn_matrix *other)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < other->count; i++) {
        const struct scn_matrix_cell *cell = &other->cells[i];
        const struct scn_matrix_count count = {cell->call, cell->phase, cell->run_count,
                                               cell->failed_count};
        code = scn_matrix_add(matrix, &count);
    }
    return code;
}

void scn_matrix_finish(struct scn_matrix *matrix)
{
    free(matrix->cells);
    *matrix = (struct scn_matrix){0};
}
