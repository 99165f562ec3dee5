#include "coverage/map.h"
#include "explore/report/members.h"
#include "explore/report/report.h"
#include "report/html.h"
#include "session/output_file.h"

void scn_members_open_line(struct scn_json_text *json, const char *name, char bracket)
{
    cog_text_append(&json->text, json->has_sibling ? ",\n" : "\n");
    json->has_sibling = false;
    scn_json_text_open(json, name, bracket);
}

static void write_coverage(struct scn_json_text *json, const struct scn_exploration *exploration)
{
    COG_CLEANUP(scn_map_finish) struct scn_map map = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (scn_map_init(&map, NULL) != COG_OK) {
        json->text.failed = true;
        return;
    }
    scn_map_add(&map, &exploration->cells);
    scn_map_append_json(&map, &text);
    json->text.failed = json->text.failed || text.failed;
    scn_json_text_value(json, "coverage", cog_text_string(&text));
}

static void write_document(struct scn_json_text *json, const struct scn_exploration *exploration,
                           const struct scn_exploration_origin *origin,
                           const struct scn_ranking *ranking)
{
    scn_json_text_string(json, "format", SCN_EXPLORATION_FORMAT);
    scn_json_text_integer(json, "version", SCN_EXPLORATION_VERSION);
    scn_origin_members_write(json, origin);
    scn_json_text_boolean(json, "interrupted", exploration->is_interrupted);
    scn_base_members_write(json, exploration, origin->depth);
    scn_discovery_members_write(json, exploration, ranking);
    scn_reach_members_write(json, exploration);
    scn_json_text_value(json, "mutants", origin->mutants != NULL ? origin->mutants : "null");
}

void scn_exploration_format(const struct scn_exploration *exploration,
                            const struct scn_exploration_origin *origin, bool wants_coverage,
                            struct cog_text *text)
{
    COG_CLEANUP(scn_json_text_finish) struct scn_json_text json = {0};
    COG_CLEANUP(scn_ranking_finish) struct scn_ranking ranking = {0};
    if (scn_ranking_make(exploration, &ranking) != COG_OK) {
        text->failed = true;
        return;
    }
    scn_json_text_open(&json, NULL, '{');
    write_document(&json, exploration, origin, &ranking);
    if (wants_coverage) {
        write_coverage(&json, exploration);
    }
    scn_timing_members_write(&json, exploration);
    scn_json_text_close(&json, '}');
    cog_text_append(&json.text, "\n");
    cog_text_append_bytes(text, cog_text_string(&json.text), json.text.length);
    text->failed = text->failed || json.text.failed;
}

/* As a page, or as it is. */
static enum cog_code write_file(const char *path, const struct cog_text *text, bool is_page,
                                struct cog_error *error)
{
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    enum cog_code code = text->failed ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory")
                                      : scn_output_file_open(path, &file, error);
    if (code != COG_OK) {
        return code;
    }
    if (is_page) {
        scn_html_write(file.stream, cog_text_string(text), text->length);
    } else {
        (void)fwrite(cog_text_string(text), 1, text->length, file.stream);
    }
    return scn_output_file_commit(&file, error);
}

enum cog_code scn_exploration_write_json(const char *path,
                                         const struct scn_exploration *exploration,
                                         const struct scn_exploration_origin *origin,
                                         struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_exploration_format(exploration, origin, false, &text);
    return write_file(path, &text, false, error);
}

enum cog_code scn_exploration_write_html(const char *path,
                                         const struct scn_exploration *exploration,
                                         const struct scn_exploration_origin *origin,
                                         struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_exploration_format(exploration, origin, true, &text);
    return write_file(path, &text, true, error);
}
