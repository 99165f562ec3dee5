/** One call of the v1 API: the only place that knows how its URLs, headers and errors look. */
#ifndef V1_CALL_H
#define V1_CALL_H

#include "v1.h"

#include <cogbase/text.h>

#include <cjson/cJSON.h>

/** Everything is borrowed. */
struct cog_v1_call {
    const char *name;            /**< The logical call's, for logs and errors. */
    const char *path;            /**< Behind the base, with its query. */
    const char *body;            /**< JSON; NULL makes it a GET, unless it `acts`. */
    const char *idempotency_key; /**< NULL for none. */
    bool acts;                   /**< A POST that must not be repeated unasked. */
    int attempts_max;            /**< 0 for the retry layer's own. */
};

/**
 * "/environments/{segment}/sessions", with the segment percent-encoded.
 *
 * @param segment empty, "." and ".." are refused: they would be another path
 * @return COG_OK, COG_ERROR_REFUSED, COG_ERROR_MEMORY
 */
enum cog_code cog_v1_path_format(const char *before, const char *segment, const char *after,
                                 char **out_path, struct cog_error *error) COG_CHECK;

/** Whether an identifier can stand in a path, and in a message. */
bool cog_v1_is_id_sound(const char *id);

/** Sends. Any status is COG_OK. */
enum cog_code cog_v1_call_send(const struct cog_v1 *v1, const struct cog_v1_call *call,
                               struct cog_limits limits, struct cog_response *out_response,
                               struct cog_error *error) COG_CHECK;

/** Adds to an error what the answer's head says: the status, and how long to wait. */
void cog_v1_head_note(const struct cog_v1 *v1, const struct cog_response *response,
                      struct cog_error *error);

/** The error for an answer that is not the promised one, with the reason that its body gives. */
enum cog_code cog_v1_answer_fail(const struct cog_v1 *v1, const struct cog_response *response,
                                 struct cog_error *error);

/** As above for an acting call: what may be the sign of success is COG_ERROR_AMBIGUOUS. */
enum cog_code cog_v1_acting_fail(const struct cog_v1 *v1, const struct cog_response *response,
                                 struct cog_error *error);

/**
 * Reads the JSON object that an answer is. A text in it that repeats a secret is hidden: it is
 * another one, and no identifier.
 *
 * @param out_json owned by the caller
 * @return COG_OK or COG_ERROR_PROTOCOL
 */
enum cog_code cog_v1_object_parse(const struct cog_v1 *v1, const struct cog_response *response,
                                  cJSON **out_json, struct cog_error *error) COG_CHECK;

/**
 * Sends a GET whose answer must be 200 with a JSON object.
 *
 * @param out_json owned by the caller
 */
enum cog_code cog_v1_object_fetch(const struct cog_v1 *v1, const struct cog_v1_call *call,
                                  struct cog_limits limits, cJSON **out_json,
                                  struct cog_error *error) COG_CHECK;

#endif
