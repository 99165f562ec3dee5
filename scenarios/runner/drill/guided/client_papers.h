/** What the person's client left on disk: runs, audit, journals, events. */
#ifndef SCN_CLIENT_PAPERS_H
#define SCN_CLIENT_PAPERS_H

#include "drill/guided/command_log.h"
#include "judge/facts.h"

#include <cogpromote/run.h>

enum { SCN_CLIENT_OUTPUTS = 4 };

/** How the client's wall clock becomes the time of the facts. */
struct scn_client_time {
    int64_t start_unix_ms; /**< At the facts' time 0. */
    double scale;
};

/** `{0}` is empty and safe to finish. */
struct scn_client_papers {
    struct cog_run_list runs;
    char *audit;
    char *journals;
    char *report; /**< The newest run's, as text; "" for none. */
    char *event_text;
    cJSON **event_lines;
    char **event_fields;
    struct scn_event *events;
    size_t event_count;
    struct scn_output outputs[SCN_CLIENT_OUTPUTS];
};

/** @return of the client's wall clock, in the time of the facts */
int64_t scn_client_time_convert(const struct scn_client_time *time, int64_t unix_ms);

/**
 * Reads what is in the drill's folder. What is damaged or missing is empty: a judge will say so.
 *
 * @param inout_facts with its exchanges; what belongs there, borrowed from `out_papers`
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_client_papers_read(struct scn_workplace *workplace,
                                     const struct scn_client_time *time,
                                     struct scn_client_papers *out_papers,
                                     struct scn_facts *inout_facts,
                                     struct cog_error *error) COG_CHECK;

void scn_client_papers_finish(struct scn_client_papers *papers);

#endif
