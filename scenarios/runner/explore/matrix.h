/** How often a fault of one phase struck one call, and how often that broke a rule. */
#ifndef SCN_MATRIX_H
#define SCN_MATRIX_H

#include <cogpromote/attributes.h>
#include <cogpromote/error.h>

#include <stddef.h>

enum { SCN_MATRIX_NAME_SIZE = 32 };

struct scn_matrix_cell {
    char call[SCN_MATRIX_NAME_SIZE];  /**< "" where a fault strikes no call of its own. */
    char phase[SCN_MATRIX_NAME_SIZE]; /**< "body", "client", … */
    size_t run_count;
    size_t failed_count; /**< Of these. */
};

/** Sorted by call and phase. `{0}` is empty and safe to finish. */
struct scn_matrix {
    struct scn_matrix_cell *cells; /**< Owned. */
    size_t count;
};

/** What is counted: so many runs, and so many of them failed. */
struct scn_matrix_count {
    const char *call; /**< NULL for none. */
    const char *phase;
    size_t run_count;
    size_t failed_count;
};

/**
 * Adds to what is there.
 *
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_ARGUMENT (a name of SCN_MATRIX_NAME_SIZE or more)
 */
enum cog_code scn_matrix_add(struct scn_matrix *matrix,
                             const struct scn_matrix_count *count) COG_CHECK;

/** Adds all of another one. @return as above */
enum cog_code scn_matrix_join(struct scn_matrix *matrix, const struct scn_matrix *other) COG_CHECK;

void scn_matrix_finish(struct scn_matrix *matrix);

#endif
