/* An outcome on its way from the process that ran the scenario to the one that reports it. */
#include "session/outcome.h"

#include <stdlib.h>
#include <string.h>

/* A missing text is not an empty one. */
static const uint64_t no_text = UINT64_MAX;

static void write_number(struct cog_text *text, uint64_t number)
{
    cog_text_append_bytes(text, (const char *)&number, sizeof number);
}

static void write_text(struct cog_text *text, const char *string)
{
    if (string == NULL) {
        write_number(text, no_text);
        return;
    }
    const size_t length = strlen(string);
    write_number(text, length);
    cog_text_append_bytes(text, string, length);
}

static void write_findings(struct cog_text *text, const struct scn_findings *findings)
{
    write_number(text, findings->failed ? 1 : 0);
    write_number(text, findings->count);
    for (size_t i = 0; i < findings->count; i++) {
        write_number(text, (uint64_t)findings->items[i].result);
        write_text(text, findings->items[i].subject);
        write_text(text, findings->items[i].text);
    }
}

static void write_rulings(struct cog_text *text, const struct scn_rulings *rulings)
{
    write_number(text, rulings->count);
    for (size_t i = 0; i < rulings->count; i++) {
        write_text(text, rulings->items[i].id);
        write_number(text, (uint64_t)rulings->items[i].result);
        write_number(text, rulings->items[i].is_idle ? 1 : 0);
    }
}

static void write_cells(struct cog_text *text, const struct scn_cells *cells)
{
    write_number(text, cells->count);
    for (size_t i = 0; i < cells->count; i++) {
        write_text(text, cells->items[i]);
    }
}

void scn_outcome_format(const struct scn_outcome *outcome, struct cog_text *text)
{
    const struct scn_run *run = &outcome->run;
    write_number(text, (uint64_t)run->verdict);
    write_number(text, (uint64_t)run->virtual_ms);
    write_findings(text, &run->findings);
    write_rulings(text, &run->rulings);
    write_text(text, run->trace);
    write_text(text, run->record);
    write_text(text, run->skip);
    write_cells(text, &run->cells);
}

/* What is left of the bytes. The first thing that is wrong is remembered; the rest reads as zero.
 */
struct reader {
    const char *bytes;
    size_t length;
    enum cog_code code;
};

static uint64_t read_number(struct reader *reader)
{
    uint64_t number = 0;
    if (reader->code == COG_OK && reader->length < sizeof number) {
        reader->code = COG_ERROR_SYNTAX;
    }
    if (reader->code != COG_OK) {
        return 0;
    }
    memcpy(&number, reader->bytes, sizeof number);
    reader->bytes += sizeof number;
    reader->length -= sizeof number;
    return number;
}

static uint64_t read_at_most(struct reader *reader, uint64_t maximum)
{
    const uint64_t number = read_number(reader);
    if (number <= maximum) {
        return number;
    }
    reader->code = COG_ERROR_SYNTAX;
    return 0;
}

static enum scn_result read_result(struct reader *reader)
{
    return (enum scn_result)read_at_most(reader, SCN_INCONCLUSIVE);
}

/* How many of something that takes a number each at least: no count is worth an overflow. */
static size_t read_count(struct reader *reader)
{
    return (size_t)read_at_most(reader, reader->length / sizeof(uint64_t));
}

/* NULL for a missing text, and for one that cannot be read. */
static char *read_text(struct reader *reader)
{
    const uint64_t length = read_number(reader);
    if (reader->code != COG_OK || length == no_text) {
        return NULL;
    }
    if (length > reader->length || memchr(reader->bytes, '\0', (size_t)length) != NULL) {
        reader->code = COG_ERROR_SYNTAX;
        return NULL;
    }
    char *copy = cog_string_clone(reader->bytes, (size_t)length);
    if (copy == NULL) {
        reader->code = COG_ERROR_MEMORY;
        return NULL;
    }
    reader->bytes += length;
    reader->length -= (size_t)length;
    return copy;
}

/* A text that has to be there. */
static char *read_word(struct reader *reader)
{
    char *word = read_text(reader);
    if (word == NULL && reader->code == COG_OK) {
        reader->code = COG_ERROR_SYNTAX;
    }
    return word;
}

static void read_findings(struct reader *reader, struct scn_findings *findings)
{
    const bool has_failed = read_at_most(reader, 1) == 1;
    const size_t count = read_count(reader);
    for (size_t i = 0; i < count && reader->code == COG_OK; i++) {
        const enum scn_result result = read_result(reader);
        COG_CLEANUP(cog_string_finish) char *subject = read_word(reader);
        COG_CLEANUP(cog_string_finish) char *text = read_word(reader);
        if (subject != NULL && text != NULL) {
            scn_findings_append(findings, result, subject, "%s", text);
        }
    }
    findings->failed = findings->failed || has_failed;
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

static void read_rulings(struct reader *reader, struct scn_rulings *rulings)
{
    const size_t count = (size_t)read_at_most(reader, SCN_INVARIANTS_MAX);
    for (size_t i = 0; i < count && reader->code == COG_OK; i++) {
        COG_CLEANUP(cog_string_finish) char *id = read_word(reader);
        struct scn_ruling *ruling = &rulings->items[i];
        ruling->id = id != NULL ? find_rule(id) : NULL;
        ruling->result = read_result(reader);
        ruling->is_idle = read_at_most(reader, 1) == 1;
        if (ruling->id == NULL && reader->code == COG_OK) {
            reader->code = COG_ERROR_SYNTAX;
        }
        rulings->count++;
    }
}

static void read_cells(struct reader *reader, struct scn_cells *cells)
{
    const size_t count = read_count(reader);
    for (size_t i = 0; i < count && reader->code == COG_OK; i++) {
        COG_CLEANUP(cog_string_finish) char *cell = read_word(reader);
        if (cell == NULL) {
            return;
        }
        const enum cog_code code = scn_cells_add(cells, "%s", cell);
        if (code != COG_OK) {
            reader->code = code == COG_ERROR_MEMORY ? code : COG_ERROR_SYNTAX;
        }
    }
}

static void read_outcome(struct reader *reader, struct scn_outcome *outcome)
{
    struct scn_run *run = &outcome->run;
    run->verdict = read_result(reader);
    run->virtual_ms = (int64_t)read_at_most(reader, INT64_MAX);
    read_findings(reader, &run->findings);
    read_rulings(reader, &run->rulings);
    run->trace = read_text(reader);
    run->record = read_text(reader);
    run->skip = read_text(reader);
    read_cells(reader, &run->cells);
}

enum cog_code scn_outcome_parse(const char *bytes, size_t length, struct scn_outcome *out_outcome,
                                struct cog_error *error)
{
    COG_CLEANUP(scn_outcome_finish) struct scn_outcome outcome = {0};
    struct reader reader = {.bytes = bytes, .length = length};
    read_outcome(&reader, &outcome);
    if (reader.code == COG_OK && reader.length > 0) {
        reader.code = COG_ERROR_SYNTAX;
    }
    if (reader.code != COG_OK) {
        return cog_error_set(error, reader.code, "%s",
                             reader.code == COG_ERROR_MEMORY ? "out of memory"
                                                             : "what came is no outcome");
    }
    *out_outcome = outcome;
    outcome = (struct scn_outcome){0};
    return COG_OK;
}
