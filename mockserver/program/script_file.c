#include "program/script_file.h"

#include "script/scenario.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

enum cog_code mock_script_file_read(const struct mock_serve_options *options,
                                    struct mock_script **out_script, char **out_text,
                                    struct cog_error *error)
{
    if (options->scenario == NULL) {
        return mock_script_create_default(out_script, error);
    }
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct mock_case chosen = {0};
    enum cog_code code = cog_document_read(options->scenario, &document, error);
    if (code == COG_OK) {
        code = mock_cases_find(&document, options->case_name, &chosen, error);
    }
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    if (code == COG_OK) {
        code = cog_json_print(document.root, &text, error);
    }
    if (code == COG_OK) {
        code = mock_script_parse_case(&document, &chosen, out_script, error);
    }
    if (code == COG_OK) {
        *out_text = text;
        text = NULL;
    }
    return code;
}
