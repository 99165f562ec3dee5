#include "drill/automatic/rehearsal_bytes.h"

#include "judge/findings_bytes.h"

#include <string.h>

enum { PER_CENT = 100 };

static void pack_signed(int64_t number, struct cog_text *text)
{
    scn_packing_append_number(text, (uint64_t)number);
}

static int64_t unpack_signed(struct scn_unpacking *unpacking)
{
    return (int64_t)scn_unpacking_number(unpacking);
}

static void pack_timeline(const struct scn_timeline *timeline, struct cog_text *text)
{
    for (size_t i = 0; i < SCN_MILESTONE_COUNT; i++) {
        const struct scn_milestone *milestone = &timeline->milestones[i];
        pack_signed(milestone->server_ms, text);
        pack_signed(milestone->client_ms, text);
        scn_packing_append_text(text, milestone->server_evidence);
        scn_packing_append_text(text, milestone->client_evidence);
    }
    pack_signed(timeline->mixed_ms, text);
    scn_packing_append_number(text, timeline->is_mixed_yet ? 1 : 0);
}

static void unpack_timeline(struct scn_unpacking *unpacking, struct scn_timeline *timeline)
{
    for (size_t i = 0; i < SCN_MILESTONE_COUNT; i++) {
        struct scn_milestone *milestone = &timeline->milestones[i];
        milestone->server_ms = unpack_signed(unpacking);
        milestone->client_ms = unpack_signed(unpacking);
        scn_unpacking_word_into(unpacking, milestone->server_evidence,
                                sizeof milestone->server_evidence);
        scn_unpacking_word_into(unpacking, milestone->client_evidence,
                                sizeof milestone->client_evidence);
    }
    timeline->mixed_ms = unpack_signed(unpacking);
    timeline->is_mixed_yet = scn_unpacking_truth(unpacking);
}

static void pack_figures(const struct scn_figures *figures, struct cog_text *text)
{
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        pack_signed(figures->items[i].server, text);
        pack_signed(figures->items[i].client, text);
        scn_packing_append_number(text, figures->items[i].is_open ? 1 : 0);
    }
}

static void unpack_figures(struct scn_unpacking *unpacking, struct scn_figures *figures)
{
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        figures->items[i].server = unpack_signed(unpacking);
        figures->items[i].client = unpack_signed(unpacking);
        figures->items[i].is_open = scn_unpacking_truth(unpacking);
    }
}

static void pack_checks(const struct scn_check_results *checks, struct cog_text *text)
{
    scn_packing_append_number(text, checks->count);
    for (size_t i = 0; i < checks->count; i++) {
        scn_packing_append_number(text, (uint64_t)checks->items[i].result);
        scn_packing_append_number(text, checks->items[i].is_idle ? 1 : 0);
        scn_packing_append_text(text, checks->items[i].evidence);
    }
}

static void unpack_checks(struct scn_unpacking *unpacking, const struct scn_checklist *checklist,
                          struct scn_check_results *checks)
{
    checks->count = (size_t)scn_unpacking_at_most(unpacking, checklist->count);
    for (size_t i = 0; i < checks->count; i++) {
        struct scn_check_result *check = &checks->items[i];
        check->result = scn_result_unpack(unpacking);
        check->is_idle = scn_unpacking_truth(unpacking);
        scn_unpacking_word_into(unpacking, check->evidence, sizeof check->evidence);
    }
    if (checks->count != checklist->count && unpacking->code == COG_OK) {
        unpacking->code = COG_ERROR_SYNTAX;
    }
}

static void pack_score(const struct scn_score *score, struct cog_text *text)
{
    scn_packing_append_number(text, (uint64_t)score->verdict);
    scn_packing_append_number(text, (uint64_t)score->points);
    scn_packing_append_number(text, (uint64_t)score->hint_cost);
    scn_packing_append_text(text, score->failed_check);
}

/* The drill's own text for an id. */
static const char *find_check(const struct scn_checklist *checklist, const char *id)
{
    for (size_t i = 0; i < checklist->count; i++) {
        if (strcmp(checklist->items[i].id, id) == 0) {
            return checklist->items[i].id;
        }
    }
    return NULL;
}

static void unpack_score(struct scn_unpacking *unpacking, const struct scn_checklist *checklist,
                         struct scn_score *score)
{
    score->verdict = scn_result_unpack(unpacking);
    score->points = (int)scn_unpacking_at_most(unpacking, PER_CENT);
    score->hint_cost = (int)scn_unpacking_at_most(unpacking, INT32_MAX);
    COG_CLEANUP(cog_string_finish) char *id = scn_unpacking_text(unpacking);
    score->failed_check = id != NULL ? find_check(checklist, id) : NULL;
    if (id != NULL && score->failed_check == NULL) {
        unpacking->code = COG_ERROR_SYNTAX;
    }
}

static void pack_audit(const struct scn_rehearsal *rehearsal, struct cog_text *text)
{
    const struct cog_audit_inspection *audit = &rehearsal->audit;
    scn_packing_append_number(text, rehearsal->has_audit ? 1 : 0);
    if (rehearsal->has_audit) {
        scn_packing_append_number(text, (uint64_t)audit->verdict);
        scn_packing_append_number(text, audit->line_number);
        scn_packing_append_text(text, audit->reason);
        scn_packing_append_number(text, audit->record_count);
        scn_packing_append_number(text, audit->repair_count);
        pack_signed(audit->head_sequence, text);
        scn_packing_append_text(text, audit->head_checksum);
    }
}

static void unpack_audit(struct scn_unpacking *unpacking, struct scn_rehearsal *rehearsal)
{
    struct cog_audit_inspection *audit = &rehearsal->audit;
    rehearsal->has_audit = scn_unpacking_truth(unpacking);
    if (rehearsal->has_audit) {
        audit->verdict =
            (enum cog_audit_verdict)scn_unpacking_at_most(unpacking, COG_AUDIT_REWRITTEN);
        audit->line_number = (size_t)scn_unpacking_number(unpacking);
        scn_unpacking_word_into(unpacking, audit->reason, sizeof audit->reason);
        audit->record_count = (size_t)scn_unpacking_number(unpacking);
        audit->repair_count = (size_t)scn_unpacking_number(unpacking);
        audit->head_sequence = unpack_signed(unpacking);
        scn_unpacking_word_into(unpacking, audit->head_checksum, sizeof audit->head_checksum);
    }
}

void scn_rehearsal_format(const struct scn_rehearsal *rehearsal, struct cog_text *text)
{
    scn_packing_append_number(text, rehearsal->seed);
    pack_timeline(&rehearsal->timeline, text);
    pack_figures(&rehearsal->figures, text);
    pack_checks(&rehearsal->checks, text);
    pack_score(&rehearsal->score, text);
    pack_audit(rehearsal, text);
    scn_findings_pack(&rehearsal->findings, text);
    scn_packing_append_text(text, rehearsal->record);
}

static void unpack(struct scn_unpacking *unpacking, const struct scn_drill *drill,
                   struct scn_rehearsal *rehearsal)
{
    rehearsal->seed = scn_unpacking_number(unpacking);
    unpack_timeline(unpacking, &rehearsal->timeline);
    unpack_figures(unpacking, &rehearsal->figures);
    unpack_checks(unpacking, &drill->checklist, &rehearsal->checks);
    unpack_score(unpacking, &drill->checklist, &rehearsal->score);
    unpack_audit(unpacking, rehearsal);
    scn_findings_unpack(unpacking, &rehearsal->findings);
    rehearsal->record = scn_unpacking_text(unpacking);
}

enum cog_code scn_rehearsal_parse(const char *bytes, size_t length, const struct scn_drill *drill,
                                  struct scn_rehearsal *out_rehearsal, struct cog_error *error)
{
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal rehearsal = {0};
    struct scn_unpacking unpacking = {.bytes = bytes, .length = length};
    unpack(&unpacking, drill, &rehearsal);
    enum cog_code code = scn_unpacking_end(&unpacking, "rehearsal", error);
    if (code != COG_OK) {
        return code;
    }
    *out_rehearsal = rehearsal;
    rehearsal = (struct scn_rehearsal){0};
    return COG_OK;
}
