/** What the client's journals say of its acts. */
#ifndef SCN_JOURNAL_H
#define SCN_JOURNAL_H

#include "judge/facts.h"

/** How many entries of that event there are: "intent promote", "closed", … */
size_t scn_journal_count(const char *journals, const char *event);

/** How many logical calls of that name reached the fake. */
size_t scn_journal_count_calls(const struct scn_facts *facts, const char *call);

/**
 * Whether the answer to that request, by its index, was lost with the client: it died before it had
 * written anything of it down.
 */
bool scn_journal_lacks_answer(const struct scn_facts *facts, size_t index);

#endif
