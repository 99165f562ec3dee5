/** In which of its forms an answer asked for a wait. */
#ifndef SCN_RETRY_AFTER_H
#define SCN_RETRY_AFTER_H

#include <cogmock/truth.h>

/** "retry_after_seconds", …, "retry_after_none"; ends with NULL. */
const char *const *scn_retry_after_forms(void);

/** One of them, of an answer of 4xx or 5xx; NULL where nobody would look for it. */
const char *scn_retry_after_form(const struct mock_exchange *exchange);

/** Whether that form can be obeyed: one time, which may be over. */
bool scn_retry_after_is_valid(const char *form);

#endif
