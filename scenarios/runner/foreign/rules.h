/** What is asked of every client, whoever wrote it, by what can be seen from outside. */
#ifndef SCN_RULES_H
#define SCN_RULES_H

#include "judge/invariant.h"

/** Like I8: no request before the Retry-After of the one before it; nothing of attempts. */
struct scn_judgement scn_judge_foreign_pace(const struct scn_facts *facts);

/** Like I11: JSON, without an `Authorization`; what is signed is signed rightly, what is told true.
 */
struct scn_judgement scn_judge_foreign_webhook(const struct scn_facts *facts);

/** Like I16, of those requests that have a key. */
struct scn_judgement scn_judge_foreign_keys(const struct scn_facts *facts);

/** Like I17: the job's own error, once it could be seen, is in what the client prints. */
struct scn_judgement scn_judge_foreign_mention(const struct scn_facts *facts);

#endif
