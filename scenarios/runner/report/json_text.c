#include "report/json_text.h"

#include <cogbase/quote.h>

enum { DIGITS_MAX = 20 };

static void begin_value(struct scn_json_text *json, const char *name)
{
    if (json->has_sibling) {
        cog_text_append_bytes(&json->text, ",", 1);
    }
    json->has_sibling = true;
    if (name != NULL) {
        cog_text_append_bytes(&json->text, "\"", 1);
        cog_text_append(&json->text, name);
        cog_text_append_bytes(&json->text, "\":", 2);
    }
}

void scn_json_text_open(struct scn_json_text *json, const char *name, char bracket)
{
    begin_value(json, name);
    cog_text_append_bytes(&json->text, &bracket, 1);
    json->has_sibling = false;
}

void scn_json_text_close(struct scn_json_text *json, char bracket)
{
    cog_text_append_bytes(&json->text, &bracket, 1);
    json->has_sibling = true;
}

void scn_json_text_string(struct scn_json_text *json, const char *name, const char *string)
{
    begin_value(json, name);
    if (string == NULL) {
        cog_text_append(&json->text, "null");
    } else {
        cog_quote_append(&json->text, string);
    }
}

/* By hand: a record has hundreds of numbers, and printf() would be a third of its cost. */
void scn_json_text_integer(struct scn_json_text *json, const char *name, int64_t number)
{
    char digits[DIGITS_MAX];
    size_t start = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--start] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    begin_value(json, name);
    cog_text_append_bytes(&json->text, "-", number < 0 ? 1 : 0);
    cog_text_append_bytes(&json->text, digits + start, sizeof digits - start);
}

void scn_json_text_boolean(struct scn_json_text *json, const char *name, bool is_true)
{
    scn_json_text_value(json, name, is_true ? "true" : "false");
}

void scn_json_text_value(struct scn_json_text *json, const char *name, const char *value)
{
    begin_value(json, name);
    cog_text_append(&json->text, value);
}

void scn_json_text_members(struct scn_json_text *json, const char *members)
{
    if (members[0] != '\0') {
        scn_json_text_value(json, NULL, members);
    }
}

void scn_json_text_finish(struct scn_json_text *json)
{
    cog_text_finish(&json->text);
    *json = (struct scn_json_text){0};
}
