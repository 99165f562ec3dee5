#include "torture/account.h"

#include "report/replay.h"
#include "report/tap.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdlib.h>

enum {
    TOLD_MAX = 10, /* Harms of a line in TAP; the JSON has all of them. */
    VERSION = 1,
    SECOND_MS = 1000,
};

void scn_account_begin(const struct scn_account *account, size_t line_count)
{
    scn_tap_write_plan(account->tap, line_count);
    (void)fflush(account->tap);
}

/* A point with several harms is as bad as the worst of them, and counts once. */
static void count_points(struct scn_account *account, const struct scn_campaign_line *line)
{
    const struct scn_toll *toll = &line->toll;
    size_t harmed_count = 0;
    for (size_t i = 0; i < toll->harm_count;) {
        const struct scn_point *point = &toll->harms[i].point;
        enum scn_result worst = SCN_INCONCLUSIVE;
        for (; i < toll->harm_count && scn_point_equals(&toll->harms[i].point, point); i++) {
            worst = toll->harms[i].finding.result == SCN_FAIL ? SCN_FAIL : worst;
        }
        account->counts[worst]++;
        harmed_count++;
    }
    account->point_counts[line->series->kind] += toll->point_count;
    account->counts[SCN_PASS] +=
        toll->point_count > harmed_count ? toll->point_count - harmed_count : 0;
}

static char *format_replay(const struct scn_account *account, const struct scn_campaign_line *line,
                           const struct scn_point *point)
{
    char name[SCN_POINT_TEXT_SIZE];
    return scn_replay_format_torture(&line->entry->scenario, account->seed,
                                     scn_point_format(point, name));
}

/* Its findings as a scenario has them: each is named by its point. */
static void list_findings(const struct scn_toll *toll, struct scn_findings *findings)
{
    char name[SCN_POINT_TEXT_SIZE];
    for (size_t i = 0; i < toll->harm_count && i < TOLD_MAX; i++) {
        const struct scn_finding *finding = &toll->harms[i].finding;
        scn_findings_append(findings, finding->result,
                            scn_point_format(&toll->harms[i].point, name), "%s: %s",
                            finding->subject, finding->text);
    }
    if (toll->harm_count > TOLD_MAX) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "and", "%zu more; --json has all of them",
                            toll->harm_count - TOLD_MAX);
    }
    if (toll->failed) {
        scn_findings_append(findings, SCN_INCONCLUSIVE, "run", "out of memory");
    }
}

static void write_tap(struct scn_account *account, const struct scn_campaign_line *line)
{
    const struct scn_toll *toll = &line->toll;
    const enum scn_result verdict = scn_toll_verdict(toll);
    COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text name = {0};
    COG_CLEANUP(cog_string_finish)
    char *replay =
        toll->harm_count > 0 ? format_replay(account, line, &toll->harms[0].point) : NULL;
    cog_text_append_format(&name, "%s: %s (%zu points)", line->entry->scenario.name,
                           line->series->title, toll->point_count);
    list_findings(toll, &findings);
    account->failed = account->failed || name.failed || findings.failed;
    const struct scn_entry entry = {
        .number = line->number,
        .name = cog_text_string(&name),
        .file = line->entry->path,
        .replay = replay != NULL ? replay : "",
        .skip_reason = verdict == SCN_PASS ? line->skip_reason : NULL,
        .verdict = verdict,
        .findings = &findings,
        .record = toll->record,
    };
    scn_tap_write_entry(account->tap, &entry);
    (void)fflush(account->tap);
}

static void append_origin(struct scn_json_text *json, const struct scn_campaign_line *line)
{
    scn_json_text_string(json, "scenario", line->entry->scenario.name);
    scn_json_text_string(json, "file", line->entry->path);
}

static void append_line(struct scn_json_text *json, const struct scn_campaign_line *line)
{
    scn_json_text_open(json, NULL, '{');
    append_origin(json, line);
    scn_json_text_string(json, "kind", scn_torture_kind_name(line->series->kind));
    scn_json_text_string(json, "series", line->series->title);
    scn_json_text_integer(json, "points", (int64_t)line->toll.point_count);
    scn_json_text_string(json, "result", scn_result_name(scn_toll_verdict(&line->toll)));
    scn_json_text_string(json, "skipped", line->skip_reason);
    scn_json_text_close(json, '}');
}

static void append_harm(struct scn_account *account, const struct scn_campaign_line *line,
                        const struct scn_harm *harm)
{
    struct scn_json_text *json = &account->harms;
    char name[SCN_POINT_TEXT_SIZE];
    COG_CLEANUP(cog_string_finish) char *replay = format_replay(account, line, &harm->point);
    scn_json_text_open(json, NULL, '{');
    append_origin(json, line);
    scn_json_text_string(json, "point", scn_point_format(&harm->point, name));
    scn_json_text_string(json, "result", scn_result_name(harm->finding.result));
    scn_json_text_string(json, "check", harm->finding.subject);
    scn_json_text_string(json, "text", harm->finding.text);
    scn_json_text_string(json, "replay", replay);
    scn_json_text_close(json, '}');
    account->failed = account->failed || replay == NULL;
}

void scn_account_hear(void *context, const struct scn_campaign_line *line)
{
    struct scn_account *account = context;
    count_points(account, line);
    account->skipped_count += line->skip_reason != NULL ? 1 : 0;
    account->failed = account->failed || line->toll.failed;
    append_line(&account->lines, line);
    for (size_t i = 0; i < line->toll.harm_count; i++) {
        append_harm(account, line, &line->toll.harms[i]);
    }
    write_tap(account, line);
}

static void append_counts(const struct scn_account *account, struct scn_json_text *json)
{
    scn_json_text_open(json, "points", '{');
    for (int i = 0; i < SCN_TORTURE_KIND_COUNT; i++) {
        scn_json_text_integer(json, scn_torture_kind_name((enum scn_torture_kind)i),
                              (int64_t)account->point_counts[i]);
    }
    scn_json_text_close(json, '}');
    scn_json_text_open(json, "counts", '{');
    for (int i = SCN_PASS; i <= SCN_INCONCLUSIVE; i++) {
        scn_json_text_integer(json, scn_result_name((enum scn_result)i),
                              (int64_t)account->counts[i]);
    }
    scn_json_text_close(json, '}');
}

void scn_account_format_json(const struct scn_account *account, int step, struct cog_text *text)
{
    struct scn_json_text json = {0};
    scn_json_text_open(&json, NULL, '{');
    scn_json_text_string(&json, "format", "cogdrill-torture");
    scn_json_text_integer(&json, "version", VERSION);
    scn_json_text_string(&json, "tool_version", COG_VERSION);
    scn_json_text_integer(&json, "seed", (int64_t)account->seed);
    scn_json_text_integer(&json, "step", step);
    append_counts(account, &json);
    scn_json_text_open(&json, "series", '[');
    scn_json_text_members(&json, cog_text_string(&account->lines.text));
    scn_json_text_close(&json, ']');
    scn_json_text_open(&json, "failures", '[');
    scn_json_text_members(&json, cog_text_string(&account->harms.text));
    scn_json_text_close(&json, ']');
    scn_json_text_close(&json, '}');
    cog_text_append(text, cog_text_string(&json.text));
    text->failed = text->failed || json.text.failed || account->lines.text.failed ||
                   account->harms.text.failed || account->failed;
    scn_json_text_finish(&json);
}

void scn_account_write_summary(const struct scn_account *account, int64_t real_ms, FILE *stream)
{
    (void)fprintf(
        stream,
        "%zu points passed, %zu failed, %zu inconclusive; memory %zu, storage %zu,"
        " kills %zu; %" PRId64 ".%02" PRId64 " s\n",
        account->counts[SCN_PASS], account->counts[SCN_FAIL], account->counts[SCN_INCONCLUSIVE],
        account->point_counts[SCN_TORTURE_MEMORY], account->point_counts[SCN_TORTURE_STORAGE],
        account->point_counts[SCN_TORTURE_KILLS], real_ms / SECOND_MS, real_ms % SECOND_MS / 10);
}

enum scn_result scn_account_verdict(const struct scn_account *account)
{
    if (account->counts[SCN_FAIL] > 0) {
        return SCN_FAIL;
    }
    return account->counts[SCN_INCONCLUSIVE] > 0 || account->counts[SCN_PASS] == 0 ||
                   account->failed
               ? SCN_INCONCLUSIVE
               : SCN_PASS;
}

void scn_account_finish(struct scn_account *account)
{
    scn_json_text_finish(&account->lines);
    scn_json_text_finish(&account->harms);
}
