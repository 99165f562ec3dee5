/** Building the JSON object of an answer. */
#ifndef MOCK_V1_BODY_H
#define MOCK_V1_BODY_H

#include <cogpromote/error.h>

#include <cjson/cJSON.h>

/**
 * `{0}` is empty and safe to finish. A failed addition is remembered, so that a caller may add at
 * will: printing then fails.
 */
struct mock_body {
    cJSON *object; /**< Owned; NULL while empty. */
    bool failed;
};

/** @param value NULL becomes `null` */
void mock_body_string(struct mock_body *body, const char *name, const char *value);
void mock_body_integer(struct mock_body *body, const char *name, int64_t value);
void mock_body_boolean(struct mock_body *body, const char *name, bool value);

/** Adds an empty array. */
void mock_body_array(struct mock_body *body, const char *name);

/** Moves `item` to the end of an array added before; `item` is empty afterwards. */
void mock_body_array_append(struct mock_body *body, const char *name, struct mock_body *item);

/** @return owned by the caller, free(); NULL when out of memory now or before */
char *mock_body_print(const struct mock_body *body);

void mock_body_finish(struct mock_body *body);

#endif
