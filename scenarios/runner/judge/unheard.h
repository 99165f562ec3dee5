/** Requests of which the fake knows nothing: nobody was there to hear them. */
#ifndef SCN_UNHEARD_H
#define SCN_UNHEARD_H

#include "judge/facts.h"

/** Whether one of them, other than a webhook, came behind so many that the fake heard. */
bool scn_unheard_is_behind(const struct scn_facts *facts, size_t exchange_count);

#endif
