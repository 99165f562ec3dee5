/** Serving the console's page. It tells nothing of any tenant, so anybody may load it. */
#ifndef MOCK_CONSOLE_PAGE_H
#define MOCK_CONSOLE_PAGE_H

#include <cogmock/plan.h>

/** Whether a target is the page's address, or that without its last slash; with any query. */
bool mock_console_has_target(const char *target);

/**
 * Answers GET and HEAD with the page, or sends to its address; anything else with 405.
 *
 * @param request for a target that the console has
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_console_answer(const struct mock_request *request,
                                  struct mock_plan *plan) COG_CHECK;

#endif
