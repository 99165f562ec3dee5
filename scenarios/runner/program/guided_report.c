#include "program/guided_report.h"

#include "drill/guided/folder_layout.h"
#include "drill/guided/summary_text.h"
#include "drill/history/history.h"
#include "program/arguments.h"
#include "program/rehearsal_files.h"
#include "program/terminal_width.h"
#include "program/verbs.h"
#include "report/replay.h"

#include <cogbase/json.h>
#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <inttypes.h>

/* What was made of the evidence. `{0}` is empty and safe to finish. */
struct judged {
    struct scn_rehearsal rehearsal;
    cJSON *trend;
    cJSON *json;
    enum scn_result verdict;
    char *report_path;
    char *page_path;
};

static void judged_finish(struct judged *judged)
{
    scn_rehearsal_finish(&judged->rehearsal);
    cJSON_Delete(judged->trend);
    cJSON_Delete(judged->json);
    cog_string_finish(&judged->report_path);
    cog_string_finish(&judged->page_path);
}

static char *join_path(const char *folder, const char *name)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s/%s", folder, name);
    return cog_text_take(&text);
}

static void append_flag(struct cog_text *text, const char *flag, const char *value)
{
    if (value != NULL) {
        cog_text_append_format(text, " %s ", flag);
        scn_replay_append_plain(text, value);
    }
}

/* All that has a say in how it goes; what it is written to, and who takes part, has none. */
static void append_replay(struct cog_text *text, const struct scn_guided_plan *plan)
{
    const struct scn_rehearse_arguments *arguments = plan->arguments;
    cog_text_append(text, "cogdrill rehearse ");
    scn_replay_append_plain(text, plan->is_secret ? plan->drill.id : arguments->paths[0]);
    cog_text_append_format(text, " --guided --seed %" PRIu64, plan->seed);
    if (arguments->time_scale > 0) {
        cog_text_append_format(text, " --time-scale %.15g", arguments->time_scale);
    }
    append_flag(text, "--client", arguments->client.command);
    append_flag(text, "--api-base", arguments->api_base);
    append_flag(text, "--against-real-tenant", arguments->against_host);
}

static enum cog_code make_json(const struct scn_guided_plan *plan,
                               const struct scn_evidence *evidence, struct judged *judged,
                               struct cog_error *error)
{
    char held_at[COG_STAMP_RFC3339_SIZE];
    COG_CLEANUP(cog_text_finish) struct cog_text replay = {0};
    append_replay(&replay, plan);
    const struct scn_drill_report report = {
        .drill = &plan->drill,
        .mode = "guided",
        .client = plan->arguments->client.command,
        .transport = "wire",
        .held_at = cog_stamp_format_rfc3339(plan->held_unix_ms, held_at),
        .operator_name = plan->arguments->operator_name,
        .rehearsals = &judged->rehearsal,
        .rehearsal_count = 1,
        .evidence = evidence,
        .surprises = (const char *const *)plan->debrief.surprises,
        .surprise_count = plan->debrief.surprise_count,
        .actions = plan->debrief.actions,
        .action_count = plan->debrief.action_count,
        .trend = judged->trend,
        .replay = cog_text_string(&replay),
    };
    judged->verdict = scn_drill_report_verdict(&report);
    return scn_drill_report_json(&report, &judged->json, error);
}

static enum cog_code judge(const struct scn_guided_plan *plan, const struct scn_evidence *evidence,
                           struct judged *judged, struct cog_error *error)
{
    judged->rehearsal.seed = plan->seed;
    judged->report_path = join_path(plan->folder, SCN_LAYOUT_REPORT);
    judged->page_path = join_path(plan->folder, SCN_LAYOUT_PAGE);
    if (judged->report_path == NULL || judged->page_path == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = scn_rehearsal_judge(&plan->drill, evidence, &judged->rehearsal, error);
    if (code != COG_OK) {
        return code;
    }
    if (scn_history_trend(plan->history_path, plan->drill.id, &judged->trend, error) != COG_OK) {
        judged->trend = NULL; /* Told where it is appended to. */
    }
    return make_json(plan, evidence, judged, error);
}

static enum cog_code write_files(const struct judged *judged, struct cog_error *error)
{
    COG_CLEANUP(scn_rehearsal_files_finish) struct scn_rehearsal_files files = {0};
    enum cog_code code =
        scn_rehearsal_files_open(judged->report_path, judged->page_path, &files, error);
    if (code == COG_OK) {
        code = scn_rehearsal_files_add(&files, judged->json, error);
    }
    return code == COG_OK ? scn_rehearsal_files_commit(&files, error) : code;
}

static void print_report(const struct judged *judged)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    if (cog_json_print(judged->json, &text, &error) == COG_OK) {
        (void)printf("%s\n", text);
    } else {
        scn_program_complain(&error);
    }
}

static enum cog_code append_history(const struct scn_guided_plan *plan, const struct judged *judged,
                                    bool is_written, struct cog_error *error)
{
    const struct scn_history_holding holding = {
        .report = judged->json,
        .report_path = is_written ? judged->report_path : NULL,
        .held_unix_ms = plan->held_unix_ms,
    };
    return scn_history_append(plan->history_path, &holding, error);
}

static void print_summary(const struct scn_guided_plan *plan, const struct scn_evidence *evidence,
                          const struct judged *judged, bool is_written)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const struct scn_guided_summary summary = {
        .drill = &plan->drill,
        .rehearsal = &judged->rehearsal,
        .evidence = evidence,
        .verdict = judged->verdict,
        .was_secret = plan->is_secret,
        .report_path = is_written ? judged->report_path : NULL,
        .page_path = is_written ? judged->page_path : NULL,
        .width = scn_terminal_width(),
    };
    scn_guided_summary_append(&text, &summary);
    (void)fputs(cog_text_string(&text), stdout);
}

static int choose_exit(enum scn_result verdict)
{
    return verdict == SCN_PASS ? 0 : verdict == SCN_FAIL ? 1 : 2;
}

int scn_guided_report_write(const struct scn_guided_plan *plan, const struct scn_evidence *evidence)
{
    COG_CLEANUP(judged_finish) struct judged judged = {0};
    struct cog_error error = {0};
    enum cog_code code = judge(plan, evidence, &judged, &error);
    if (code != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    const bool is_written = write_files(&judged, &error) == COG_OK;
    if (!is_written) {
        scn_program_complain(&error);
    }
    const bool is_kept = append_history(plan, &judged, is_written, &error) == COG_OK;
    if (!is_kept) {
        scn_program_complain(&error);
    }
    print_summary(plan, evidence, &judged, is_written);
    if (!is_written) {
        print_report(&judged);
    }
    return is_written && is_kept ? choose_exit(judged.verdict) : SCN_EXIT_NO_OUTPUT;
}
