/** An exchange as the control plane shows it. No token's or secret's text is in it. */
#ifndef MOCK_CONTROL_EXCHANGE_H
#define MOCK_CONTROL_EXCHANGE_H

#include "observed.h"
#include "v1/body.h"

#include <cogbase/text.h>
#include <cogmock/clock.h>
#include <cogmock/truth.h>

/**
 * What there is to know at a glance.
 *
 * @param clock the server's, for the wall-clock time
 * @param view OBSERVER: the exchange is as mock_observed_exchange() has it
 * @param body empty
 */
void mock_exchange_summarize(const struct mock_exchange *exchange, const struct mock_clock *clock,
                             enum mock_view view, struct mock_body *body);

/** All of it: also headers and bodies of both sides. */
void mock_exchange_describe(const struct mock_exchange *exchange, const struct mock_clock *clock,
                            enum mock_view view, struct mock_body *body);

/**
 * Adds bytes as the string `name`, or, where they are no text, as base64 under `name_base64`. What
 * had failed to grow fails here.
 */
void mock_exchange_add_bytes(struct mock_body *body, const char *name, const char *name_base64,
                             const struct cog_text *bytes);

/** Whether a JSON string can hold these bytes: UTF-8 without NUL. */
bool mock_exchange_is_text(const struct cog_text *bytes);

#endif
