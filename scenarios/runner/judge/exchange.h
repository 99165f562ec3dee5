/** What a client can have learnt from one exchange. */
#ifndef SCN_EXCHANGE_H
#define SCN_EXCHANGE_H

#include "judge/facts.h"

bool scn_exchange_is(const struct mock_exchange *exchange, const char *call);

/** The last one of that call; NULL for none. */
const struct mock_exchange *scn_exchange_find_last(const struct scn_facts *facts, const char *call);

/** Both are attempts of one logical call. */
bool scn_exchange_is_same_call(const struct mock_exchange *left, const struct mock_exchange *right);

/** A fault left nothing to trust: not even the status is that of a whole answer. */
bool scn_exchange_is_broken(const struct mock_exchange *exchange);

/** A fault kept the request's end from the fake: its body says less than was sent. */
bool scn_exchange_is_half_sent(const struct mock_exchange *exchange);

/** It told the client what it says: whole, and a success. Health is told by the status alone. */
bool scn_exchange_is_clean(const struct mock_exchange *exchange);

/** A conversation whose answer is bent and still says that the environment answered as it should.
 */
bool scn_exchange_is_match(const struct mock_exchange *exchange);

/** The transport sent it again by itself, because the connection that it had used before died
 * unheard (RFC 9112 9.3.1): the client meant one attempt. */
bool scn_exchange_is_resent(const struct mock_exchange *first, const struct mock_exchange *second);

/** Not clean; or in drops that come too slowly, or in capitals that nobody knows. */
bool scn_exchange_may_be_bad(const struct mock_exchange *exchange);

#endif
