/** Error answers: RFC 9457 problems, and the OAuth endpoints' own form (RFC 6749 5.2). */
#ifndef MOCK_V1_PROBLEM_H
#define MOCK_V1_PROBLEM_H

#include "v1/answer.h"
#include "v1/status.h"

#include <stdint.h>

#define MOCK_TYPE_PROBLEM "application/problem+json"

/** `{.status = …, .name = …}` is whole. */
struct mock_problem {
    int status;
    const char *name;          /**< The type is "urn:cogmock:<name>". */
    const char *field;         /**< The body's member at fault; NULL for none. */
    const char *missing_scope; /**< NULL for none. */
    int active_sessions;       /**< 0 for none. */
    int line;                  /**< Of the body; 0 for none. */
    int column;
};

/** @param format of the detail @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_answer_problem(struct mock_plan *plan, const struct mock_problem *problem,
                                  const char *format, ...) COG_CHECK COG_PRINTF(3, 4);

/** 404 for a thing that the world does not have. */
enum cog_code mock_answer_missing(struct mock_plan *plan, const char *noun,
                                  const char *id) COG_CHECK;

/** `{"error", "error_description"}`; a 401 asks for Basic authentication. */
enum cog_code mock_answer_oauth_error(struct mock_plan *plan, int status, const char *name,
                                      const char *description) COG_CHECK;

#endif
