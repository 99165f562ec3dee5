#include "program/rehearse_history.h"

#include "drill/history/history.h"
#include "program/history_file.h"

#include <cogpromote/clock.h>

#include <stdlib.h>

/* All of it: so early nothing else is to be done with it. */
static enum cog_code check(const char *typed, struct scn_rehearse_history *history,
                           struct cog_error *error)
{
    COG_CLEANUP(scn_history_finish) struct scn_history entries = {0};
    enum cog_code code = scn_history_file_path(typed, &history->path, error);
    return code == COG_OK ? scn_history_read(history->path, &entries, error) : code;
}

enum cog_code scn_rehearse_history_open(const struct scn_rehearse_arguments *arguments,
                                        struct scn_rehearse_history *out_history,
                                        struct cog_error *error)
{
    COG_CLEANUP(scn_rehearse_history_finish)
    struct scn_rehearse_history history = {.records = arguments->records};
    if (!arguments->records && arguments->history_path == NULL) {
        return COG_OK;
    }
    enum cog_code code = check(arguments->history_path, &history, error);
    if (code != COG_OK) {
        return code;
    }
    *out_history = history;
    history = (struct scn_rehearse_history){0};
    return COG_OK;
}

enum cog_code scn_rehearse_history_trend(const struct scn_rehearse_history *history, const char *id,
                                         cJSON **out_trend, struct cog_error *error)
{
    return history->path != NULL ? scn_history_trend(history->path, id, out_trend, error) : COG_OK;
}

enum cog_code scn_rehearse_history_append(const struct scn_rehearse_history *history,
                                          const cJSON *report, const char *report_path,
                                          struct cog_error *error)
{
    const struct scn_history_holding holding = {
        .report = report,
        .report_path = report_path,
        .held_unix_ms = cog_clock_unix_ms(cog_clock_posix()),
    };
    return history->records ? scn_history_append(history->path, &holding, error) : COG_OK;
}

void scn_rehearse_history_finish(struct scn_rehearse_history *history)
{
    free(history->path);
    *history = (struct scn_rehearse_history){0};
}
