/** What an operator's client has written: printed, stored and logged. */
#ifndef SCN_PAPERS_H
#define SCN_PAPERS_H

#include "simulation/operator.h"

/** Everything is owned. `{0}` is empty and safe to finish. */
struct scn_papers {
    char *report_text;
    char *report_json;
    char *audit;
    char *journals;
    struct scn_output *outputs;
};

/**
 * Reads them once the client has ended.
 *
 * @param out_papers to be finished by the caller, also on failure
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_papers_read(const struct scn_operator *who, struct scn_papers *out_papers,
                              struct cog_error *error) COG_CHECK;

/**
 * What leaves the client, all of it: the papers, the log, and what was delivered.
 *
 * @param inout_facts has the deliveries; gets the papers, borrowed from these
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_papers_show(struct scn_papers *papers, const struct scn_operator *who,
                              struct scn_facts *inout_facts, struct cog_error *error) COG_CHECK;

void scn_papers_finish(struct scn_papers *papers);

#endif
