/** What several answers say of a tenant. */
#ifndef MOCK_CONTROL_SUMMARY_H
#define MOCK_CONTROL_SUMMARY_H

#include "control/call.h"

#include <cogbase/text.h>

/** Adds `now_ms`, `now`, `mode` and `scale`. */
void mock_control_add_clock(struct mock_body *body, const struct mock_server *server);

/** Adds `name`, `base_url`, `webhook_url`, `now_ms`, `requests`, `jobs`, `faults`, `clock`. */
void mock_control_add_summary(struct mock_body *body, const struct mock_control_call *call,
                              const struct mock_tenant *tenant);

/** Answers with the summary of the call's tenant. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_control_answer_summary(const struct mock_control_call *call,
                                          struct mock_plan *plan, int status) COG_CHECK;

/** Appends an address of this server, as the caller of this call sees it. */
void mock_control_append_url(const struct mock_control_call *call, const struct mock_tenant *tenant,
                             const char *path, struct cog_text *text);

#endif
