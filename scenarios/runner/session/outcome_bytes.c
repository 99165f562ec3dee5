/* An outcome on its way from the process that ran the scenario to the one that reports it. */
#include "session/outcome.h"

#include "judge/findings_bytes.h"

#include <string.h>

static void write_rulings(struct cog_text *text, const struct scn_rulings *rulings)
{
    scn_packing_append_number(text, rulings->count);
    for (size_t i = 0; i < rulings->count; i++) {
        scn_packing_append_text(text, rulings->items[i].id);
        scn_packing_append_number(text, (uint64_t)rulings->items[i].result);
        scn_packing_append_number(text, rulings->items[i].is_idle ? 1 : 0);
    }
}

static void write_cells(struct cog_text *text, const struct scn_cells *cells)
{
    scn_packing_append_number(text, cells->count);
    for (size_t i = 0; i < cells->count; i++) {
        scn_packing_append_text(text, cells->items[i]);
    }
}

void scn_outcome_format(const struct scn_outcome *outcome, struct cog_text *text)
{
    const struct scn_run *run = &outcome->run;
    scn_packing_append_number(text, (uint64_t)run->verdict);
    scn_packing_append_number(text, (uint64_t)run->virtual_ms);
    scn_findings_pack(&run->findings, text);
    write_rulings(text, &run->rulings);
    scn_packing_append_text(text, run->trace);
    scn_packing_append_text(text, run->record);
    scn_packing_append_text(text, run->skip);
    write_cells(text, &run->cells);
}

/* The rule's own text for an id: rulings borrow it. */
static const char *find_rule(const char *id)
{
    const struct scn_invariant *rule = scn_invariants();
    while (rule->id != NULL && strcmp(rule->id, id) != 0) {
        rule++;
    }
    return rule->id;
}

static void read_rulings(struct scn_unpacking *reader, struct scn_rulings *rulings)
{
    const size_t count = (size_t)scn_unpacking_at_most(reader, SCN_INVARIANTS_MAX);
    for (size_t i = 0; i < count && reader->code == COG_OK; i++) {
        COG_CLEANUP(cog_string_finish) char *id = scn_unpacking_word(reader);
        struct scn_ruling *ruling = &rulings->items[i];
        ruling->id = id != NULL ? find_rule(id) : NULL;
        ruling->result = scn_result_unpack(reader);
        ruling->is_idle = scn_unpacking_truth(reader);
        if (ruling->id == NULL && reader->code == COG_OK) {
            reader->code = COG_ERROR_SYNTAX;
        }
        rulings->count++;
    }
}

static void read_cells(struct scn_unpacking *reader, struct scn_cells *cells)
{
    const size_t count = scn_unpacking_count(reader);
    for (size_t i = 0; i < count && reader->code == COG_OK; i++) {
        COG_CLEANUP(cog_string_finish) char *cell = scn_unpacking_word(reader);
        if (cell == NULL) {
            return;
        }
        const enum cog_code code = scn_cells_add(cells, "%s", cell);
        if (code != COG_OK) {
            reader->code = code == COG_ERROR_MEMORY ? code : COG_ERROR_SYNTAX;
        }
    }
}

static void read_outcome(struct scn_unpacking *reader, struct scn_outcome *outcome)
{
    struct scn_run *run = &outcome->run;
    run->verdict = scn_result_unpack(reader);
    run->virtual_ms = (int64_t)scn_unpacking_at_most(reader, INT64_MAX);
    scn_findings_unpack(reader, &run->findings);
    read_rulings(reader, &run->rulings);
    run->trace = scn_unpacking_text(reader);
    run->record = scn_unpacking_text(reader);
    run->skip = scn_unpacking_text(reader);
    read_cells(reader, &run->cells);
}

enum cog_code scn_outcome_parse(const char *bytes, size_t length, struct scn_outcome *out_outcome,
                                struct cog_error *error)
{
    COG_CLEANUP(scn_outcome_finish) struct scn_outcome outcome = {0};
    struct scn_unpacking reader = {.bytes = bytes, .length = length};
    read_outcome(&reader, &outcome);
    enum cog_code code = scn_unpacking_end(&reader, "outcome", error);
    if (code != COG_OK) {
        return code;
    }
    *out_outcome = outcome;
    outcome = (struct scn_outcome){0};
    return COG_OK;
}
