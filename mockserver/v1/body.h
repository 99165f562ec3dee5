/** Building the JSON object of an answer. */
#ifndef MOCK_V1_BODY_H
#define MOCK_V1_BODY_H

#include <cogbase/text.h>

#include <cjson/cJSON.h>

/**
 * `{0}` is empty and safe to finish. A failed addition is remembered, so that a caller may add at
 * will: printing then fails.
 */
struct mock_body {
    struct cog_text text; /**< All but the last brace; empty while there is no member. */
    bool failed;          /**< Something that was to be added could not be made. */
    enum {
        MOCK_BODY_ARRAY_NONE,  /**< The last member is none, or is done. */
        MOCK_BODY_ARRAY_EMPTY, /**< It is an array that takes items. */
        MOCK_BODY_ARRAY_BEGUN, /**< Likewise, with some in it. */
    } array_state;
};

/** @param value NULL becomes `null`; what of it is not UTF-8 becomes U+FFFD */
void mock_body_string(struct mock_body *body, const char *name, const char *value);
void mock_body_integer(struct mock_body *body, const char *name, int64_t value);
/** @param json stands in the text as it is: what no other function here would write */
void mock_body_raw(struct mock_body *body, const char *name, const char *json);
void mock_body_boolean(struct mock_body *body, const char *name, bool value);

void mock_body_number(struct mock_body *body, const char *name, double value);

/** Moves `item` in as a member; an empty one becomes `{}`. It is empty afterwards. */
void mock_body_object(struct mock_body *body, const char *name, struct mock_body *item);

/** Takes `json` in as a member. @param json owned from now on; NULL: there was no memory for it */
void mock_body_json(struct mock_body *body, const char *name, cJSON *json);

/** Adds an empty array, which takes items until the next member is added. */
void mock_body_array(struct mock_body *body, const char *name);

/** Moves `item` to the end of the array; an empty one becomes `{}`. It is empty afterwards. */
void mock_body_array_append(struct mock_body *body, struct mock_body *item);
void mock_body_array_string(struct mock_body *body, const char *value);

/** @return the text, owned by the caller, free(); NULL when out of memory now or before */
char *mock_body_take(struct mock_body *body);

void mock_body_finish(struct mock_body *body);

#endif
