/** What a client can have learnt from one exchange. */
#ifndef SCN_EXCHANGE_H
#define SCN_EXCHANGE_H

#include <cogmock/truth.h>

bool scn_exchange_is(const struct mock_exchange *exchange, const char *call);

/** Both are attempts of one logical call. */
bool scn_exchange_is_same_call(const struct mock_exchange *left, const struct mock_exchange *right);

/** A fault left nothing to trust: not even the status is that of a whole answer. */
bool scn_exchange_is_broken(const struct mock_exchange *exchange);

/** A fault kept the request's end from the fake: its body says less than was sent. */
bool scn_exchange_is_half_sent(const struct mock_exchange *exchange);

/** It told the client what it says: whole, and a success. Health is told by the status alone. */
bool scn_exchange_is_clean(const struct mock_exchange *exchange);

/** Not clean; or in drops that come too slowly, or in capitals that nobody knows. */
bool scn_exchange_may_be_bad(const struct mock_exchange *exchange);

#endif
