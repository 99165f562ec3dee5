/** What became of one scenario of a session. */
#ifndef SCN_OUTCOME_H
#define SCN_OUTCOME_H

#include "run.h"

#include <cogbase/text.h>

/** `{0}` is empty and safe to finish. */
struct scn_outcome {
    struct scn_run run;
    int64_t real_ms; /**< Is told beside it, not with its bytes. */
};

/** A failure that the run itself could not tell, because it did not get that far. */
void scn_outcome_fail(struct scn_outcome *out_outcome, const char *reason);

/** Appends it as bytes; without memory the text has failed. */
void scn_outcome_format(const struct scn_outcome *outcome, struct cog_text *text);

/** All of the bytes, checked. @return COG_OK, COG_ERROR_SYNTAX (no outcome), COG_ERROR_MEMORY */
enum cog_code scn_outcome_parse(const char *bytes, size_t length, struct scn_outcome *out_outcome,
                                struct cog_error *error) COG_CHECK;

void scn_outcome_finish(struct scn_outcome *outcome);

#endif
