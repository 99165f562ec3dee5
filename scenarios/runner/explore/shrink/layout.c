#include "explore/shrink/layout.h"

enum { STEP = 2 };

static void append_scalar(struct cog_text *text, const cJSON *json)
{
    COG_CLEANUP(cog_string_finish) char *printed = cJSON_PrintUnformatted(json);
    cog_text_append(text, printed != NULL ? printed : "");
    text->failed = text->failed || printed == NULL;
}

static void append_key(struct cog_text *text, const cJSON *node)
{
    if (node->string == NULL) {
        return;
    }
    const cJSON key = {.type = cJSON_String, .valuestring = node->string};
    append_scalar(text, &key);
    cog_text_append(text, ": ");
}

/* As deep as scenarios are. NOLINTNEXTLINE(misc-no-recursion) */
void scn_layout_append_line(struct cog_text *text, const cJSON *json)
{
    if (!cJSON_IsObject(json) && !cJSON_IsArray(json)) {
        append_scalar(text, json);
        return;
    }
    cog_text_append(text, cJSON_IsObject(json) ? "{" : "[");
    const cJSON *child = NULL;
    cJSON_ArrayForEach(child, json)
    {
        cog_text_append(text, child == json->child ? "" : ", ");
        if (cJSON_IsObject(json)) {
            append_key(text, child);
        }
        scn_layout_append_line(text, child);
    }
    cog_text_append(text, cJSON_IsObject(json) ? "}" : "]");
}

static void append_blanks(struct cog_text *text, size_t count)
{
    cog_text_append_format(text, "%*s", (int)count, "");
}

/* @param is_root broken into lines even where it would fit NOLINTNEXTLINE(misc-no-recursion) */
static void append(struct cog_text *text, const cJSON *json, size_t indentation, bool is_root)
{
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    scn_layout_append_line(&line, json);
    const bool is_container = json->child != NULL;
    if (!is_container || (!is_root && indentation + line.length <= SCN_LAYOUT_WIDTH)) {
        cog_text_append(text, cog_text_string(&line));
        text->failed = text->failed || line.failed;
        return;
    }
    cog_text_append(text, cJSON_IsObject(json) ? "{" : "[");
    const cJSON *child = NULL;
    cJSON_ArrayForEach(child, json)
    {
        cog_text_append(text, child == json->child ? "\n" : ",\n");
        append_blanks(text, indentation + STEP);
        if (cJSON_IsObject(json)) {
            append_key(text, child);
        }
        append(text, child, indentation + STEP, false);
    }
    cog_text_append(text, "\n");
    append_blanks(text, indentation);
    cog_text_append(text, cJSON_IsObject(json) ? "}" : "]");
}

char *scn_layout_format(const cJSON *json)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    append(&text, json, 0, true);
    return cog_text_take(&text);
}
