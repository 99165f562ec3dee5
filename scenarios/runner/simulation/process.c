#include "simulation/process.h"

#include <cogpromote/run.h>

#include <stdio.h>

static void line_finish(struct scn_line *line)
{
    if (line->ops != NULL) {
        line->ops->disconnect(line->context);
    }
}

static void client_finish(struct cog_client **client)
{
    cog_client_destroy(*client);
}

/** What the program would say, and end with, when a run cannot be resumed. */
static void report_failure(enum cog_code code, const struct cog_error *error,
                           struct cog_report *report)
{
    *report = (struct cog_report){
        .outcome = code == COG_ERROR_CONFLICT ? COG_OUTCOME_LOCKED : COG_OUTCOME_INTERNAL,
        .target = COG_TARGET_UNKNOWN,
    };
    (void)snprintf(report->step, sizeof report->step, "start");
    (void)cog_error_text(error, report->reason, sizeof report->reason);
}

static bool is_own(const struct scn_process *process, const char *run_id)
{
    return process->common == NULL || scn_common_folder_has_run(process->common, run_id);
}

/* One that can be resumed before all others: two runs of one second have no order by their names,
 * and of a run that died with its first entry there is nothing to resume. */
static const struct cog_run_status *choose(const struct scn_process *process,
                                           const struct cog_run_list *list)
{
    const struct cog_run_status *newest = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct cog_run_status *status = &list->items[i];
        if (!is_own(process, status->report.run_id)) {
            continue;
        }
        if (status->is_resumable) {
            return status;
        }
        newest = newest != NULL ? newest : status;
    }
    return newest;
}

/** The id of the operator's run, as `cogpromote status` shows it; "" for none. */
static enum cog_code find_run(const struct scn_process *process, char out_run_id[COG_UUID_SIZE],
                              struct cog_error *error)
{
    struct cog_run_list list = {0};
    enum cog_code code = cog_run_list_read(process->seams.storage, &list, error);
    if (code == COG_OK) {
        const struct cog_run_status *status = choose(process, &list);
        (void)snprintf(out_run_id, COG_UUID_SIZE, "%s",
                       status != NULL ? status->report.run_id : "");
    }
    cog_run_list_finish(&list);
    return code;
}

static void resume(const struct scn_process *process, struct cog_client *client,
                   struct cog_report *out_report)
{
    char run_id[COG_UUID_SIZE] = "";
    struct cog_error error = {0};
    enum cog_code code = find_run(process, run_id, &error);
    if (code == COG_OK) {
        code = cog_resume(client, run_id, process->watch, out_report, &error);
    }
    if (code == COG_ERROR_NOT_FOUND) {
        cog_promote(client, NULL, process->watch, out_report);
    } else if (code != COG_OK) {
        report_failure(code, &error, out_report);
    }
}

static void run_command(const struct scn_process *process, struct cog_client *client,
                        const struct cog_report *before, struct cog_report *out_report)
{
    switch (process->command) {
    case SCN_COMMAND_PROMOTE:
        cog_promote(client, NULL, process->watch, out_report);
        break;
    case SCN_COMMAND_RESUME:
        resume(process, client, out_report);
        break;
    case SCN_COMMAND_ROLL_BACK:
        cog_roll_back_job(client, before->job_id, process->config->target_environment_id,
                          process->watch, out_report);
        break;
    }
}

static struct cog_holder holder_from(const struct scn_process *process)
{
    struct cog_holder holder = {.pid = process->pid};
    (void)snprintf(holder.host, sizeof holder.host, "%s", process->host);
    (void)snprintf(holder.boot_id, sizeof holder.boot_id, "boot");
    return holder;
}

enum cog_code scn_process_run(const struct scn_process *process, struct cog_report *inout_report,
                              bool *out_is_dead, struct cog_error *error)
{
    COG_CLEANUP(line_finish) struct scn_line line = process->line;
    COG_CLEANUP(client_finish) struct cog_client *client = NULL;
    const struct scn_line_user user = {
        .config = process->config,
        .clock = process->seams.clock,
        .shift = process->shift,
    };
    struct cog_transport transport = {0};
    enum cog_code code = line.ops->connect(line.context, &user, &transport, error);
    if (code != COG_OK) {
        return code;
    }
    struct scn_mortal mortal = {
        .inner = process->seams,
        .death = process->death,
        .self = holder_from(process),
    };
    mortal.inner.transport = transport;
    const struct cog_seams seams = scn_mortal_seams(&mortal);
    code = cog_client_create(process->config, &seams, &client, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_report report = {0};
    run_command(process, client, inout_report, &report);
    if (!mortal.is_dead) {
        *inout_report = report;
    }
    *out_is_dead = mortal.is_dead;
    return COG_OK;
}
