/** The API as a whole: from a request to the honest answer. */
#ifndef MOCK_V1_API_H
#define MOCK_V1_API_H

#include "v1/routes.h"

/**
 * @param world owned from now on, also on failure of anything later
 * @param behaviour must outlive the API
 * @param prefix copied; NULL for none
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_api_init(struct mock_api *api, struct mock_world *world,
                            const struct mock_behaviour *behaviour, int64_t start_unix_ms,
                            const char *prefix) COG_CHECK;

void mock_api_finish(struct mock_api *api);

/**
 * Finds out where a request goes.
 *
 * @param out_visit finish it
 * @param plan empty; its status stays 0 for a request that somebody will handle
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_api_route(struct mock_api *api, const struct mock_request *request,
                             struct mock_visit *out_visit, struct mock_plan *plan) COG_CHECK;

/**
 * Answers a routed request, without faults.
 *
 * @param plan empty
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_api_answer(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;

#endif
