/** Filling a plan with an answer. The plan must be empty before. */
#ifndef MOCK_V1_ANSWER_H
#define MOCK_V1_ANSWER_H

#include "v1/body.h"

#include <cogmock/plan.h>

#define MOCK_TYPE_JSON "application/json"

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_plan_header_append(struct mock_plan *plan, const char *name,
                                      const char *value) COG_CHECK;

/** Replaces the value of a header, or appends it. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_plan_header_set(struct mock_plan *plan, const char *name,
                                   const char *value) COG_CHECK;

/** Takes out every header of that name. */
void mock_plan_header_remove(struct mock_plan *plan, const char *name);

/** A copy of all of it but `raw`. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_plan_copy(const struct mock_plan *plan, struct mock_plan *out_plan) COG_CHECK;

/** Replaces the body. @param body malloc'ed, now owned by the plan; NULL is out of memory */
enum cog_code mock_plan_body_set(struct mock_plan *plan, char *body, size_t length) COG_CHECK;

void mock_plan_body_clear(struct mock_plan *plan);

/** A status without a body. */
void mock_answer_empty(struct mock_plan *plan, int status);

/** @return COG_OK or COG_ERROR_MEMORY, also when `body` had failed to grow */
enum cog_code mock_answer_json(struct mock_plan *plan, int status,
                               struct mock_body *body) COG_CHECK;

/** As above, of a kind of JSON that has its own media type. */
enum cog_code mock_answer_typed(struct mock_plan *plan, int status, const char *type,
                                struct mock_body *body) COG_CHECK;

#endif
