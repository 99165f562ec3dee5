/** The parameters of a call's query: those that nobody knows are refused, as with members. */
#ifndef MOCK_CONTROL_QUERY_H
#define MOCK_CONTROL_QUERY_H

#include "control/call.h"

#include <cogbase/document.h>

/** Where a reader of parameters puts its outcome: an absent one leaves it as it is. */

/**
 * Refuses parameters that are not in `names` (ends with NULL).
 *
 * @return COG_OK, COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code mock_query_check_names(const struct mock_control_call *call, const char *const *names,
                                     struct cog_error *error) COG_CHECK;

/** @return COG_OK, COG_ERROR_SYNTAX ("'limit': expected a whole number …"), COG_ERROR_MEMORY */
enum cog_code mock_query_integer(const struct mock_control_call *call, const char *name,
                                 struct cog_document_range range, int64_t *inout_integer,
                                 struct cog_error *error) COG_CHECK;

/** "250ms", "30s". @return as above */
enum cog_code mock_query_duration(const struct mock_control_call *call, const char *name,
                                  int64_t *inout_ms, struct cog_error *error) COG_CHECK;

/** @param inout_text replaced and freed when the parameter is there; owned by the caller */
enum cog_code mock_query_text(const struct mock_control_call *call, const char *name,
                              char **inout_text, struct cog_error *error) COG_CHECK;

/** Fills the plan with 400 for a query that is wrong. @return COG_OK, or what `code` is else */
enum cog_code mock_query_refuse(struct mock_plan *plan, enum cog_code code,
                                const struct cog_error *error) COG_CHECK;

#endif
