/* Which drill it was. */
#include "drill/report/report_part.h"

#include <cogbase/digest.h>

static void write_roles(struct scn_json_text *json, const struct scn_drill *drill)
{
    scn_json_text_open(json, "roles", '[');
    for (size_t i = 0; i < drill->role_count; i++) {
        scn_json_text_open(json, NULL, '{');
        scn_json_text_string(json, "name", drill->roles[i].name);
        scn_json_text_string(json, "text", drill->roles[i].text);
        scn_json_text_close(json, '}');
    }
    scn_json_text_close(json, ']');
}

void scn_report_drill(struct scn_report_writer *writer)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_drill *drill = writer->report->drill;
    const struct cog_document *document = &drill->scenario.file->document;
    char digest[COG_DIGEST_SIZE] = "";
    const bool is_digested = cog_digest_sha256(document->text, document->length, digest) == COG_OK;
    scn_json_text_open(json, "drill", '{');
    scn_json_text_string(json, "id", drill->id);
    scn_json_text_string(json, "file", document->name);
    scn_json_text_string(json, "name", drill->scenario.name);
    scn_json_text_string(json, "description", drill->scenario.description);
    scn_json_text_string(json, "digest", is_digested ? digest : NULL);
    scn_json_text_string(json, "hypothesis", drill->hypothesis);
    write_roles(json, drill);
    scn_json_text_string(json, "situation", drill->guidance.situation);
    scn_json_text_string(json, "task", drill->guidance.task);
    scn_json_text_integer(json, "pass_mark", drill->pass_mark);
    scn_json_text_close(json, '}');
}
