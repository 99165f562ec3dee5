/** Whether the calls in the journal are those that somebody expected. No HTTP here. */
#ifndef MOCK_VERIFICATION_VERIFICATION_H
#define MOCK_VERIFICATION_VERIFICATION_H

#include "v1/body.h"
#include "verification/expectation.h"

#include <cogmock/server.h>

enum { MOCK_EXPECTATIONS_MAX = 100 };

/** `{0}` is empty and safe to finish. */
struct mock_verification {
    struct mock_expectation *expectations; /**< Owned; what is in it is the document's. */
    size_t expectation_count;
    bool in_order; /**< For each there is a call behind that of the one before. */
};

/**
 * Reads one expectation, or `{"expectations": […], "in_order": true}`.
 *
 * @param document must outlive the verification
 * @return COG_OK, COG_ERROR_SYNTAX with the place, COG_ERROR_MEMORY
 */
enum cog_code mock_verification_read(const struct cog_document *document,
                                     struct mock_verification *out_verification,
                                     struct cog_error *error) COG_CHECK;

void mock_verification_finish(struct mock_verification *verification);

/** What came of it. */
struct mock_verdict {
    bool verified;
    size_t count;                         /**< Calls found for all expectations together. */
    char problem[COG_ERROR_MESSAGE_SIZE]; /**< Of the first expectation that failed. */
};

/**
 * Looks through the journal, and adds `expectations` to `body`: one object each,
 * `{"expected", "verified", "found", "numbers", "problem"?, "intervals_ms"?, "nearest"?}`.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_verification_run(const struct mock_verification *verification,
                                    const struct mock_server *server, struct mock_body *body,
                                    struct mock_verdict *out_verdict) COG_CHECK;

#endif
