/** Compact JSON, written member by member. */
#ifndef SCN_JSON_TEXT_H
#define SCN_JSON_TEXT_H

#include <cogbase/text.h>

#include <stdint.h>

/** `{0}` is empty and safe to finish; errors are kept in `text`, as `struct cog_text` has it. */
struct scn_json_text {
    struct cog_text text;
    bool has_sibling; /**< A comma is due before the next value. */
};

/*
 * `name` is that of the member, in characters that need no escaping; NULL for an element of an
 * array, and for a value that stands alone.
 */

/** @param bracket '{' or '[' */
void scn_json_text_open(struct scn_json_text *json, const char *name, char bracket);

/** @param bracket '}' or ']' */
void scn_json_text_close(struct scn_json_text *json, char bracket);

/** @param string NULL for null; what is no UTF-8 becomes U+FFFD */
void scn_json_text_string(struct scn_json_text *json, const char *name, const char *string);
void scn_json_text_integer(struct scn_json_text *json, const char *name, int64_t number);
void scn_json_text_boolean(struct scn_json_text *json, const char *name, bool is_true);

/** @param value JSON already */
void scn_json_text_value(struct scn_json_text *json, const char *name, const char *value);

/** Members that are JSON already, as they stand between two braces; "" for none. */
void scn_json_text_members(struct scn_json_text *json, const char *members);

void scn_json_text_finish(struct scn_json_text *json);

#endif
