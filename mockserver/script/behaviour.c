/* The members of `server` that change the API and not the world behind it. */
#include "script/scenario.h"

enum { RATE_REQUESTS_MAX = 1000000 };

static enum cog_code read_api(const struct cog_document *document, const cJSON *server,
                              struct mock_behaviour *behaviour, struct cog_error *error)
{
    static const char *const words[] = {"full", "seed", NULL};
    int index = behaviour->seed_only ? 1 : 0;
    enum cog_code code = cog_document_word(document, server, "api", words, &index, error);
    behaviour->seed_only = index == 1;
    return code;
}

static enum cog_code require_all(const struct cog_document *document, const cJSON *object,
                                 const char *const *keys, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (; code == COG_OK && *keys != NULL; keys++) {
        const cJSON *node = NULL;
        code = cog_document_require(document, object, *keys, &node, error);
    }
    return code;
}

static enum cog_code read_rate_values(const struct cog_document *document, const cJSON *object,
                                      struct mock_rate_limit *limit, struct cog_error *error)
{
    static const char *const words[] = {
        [MOCK_RATE_SECONDS] = "seconds",
        [MOCK_RATE_DATE] = "date",
        [MOCK_RATE_NONE] = "none",
        NULL,
    };
    const struct cog_document_range range = {1, RATE_REQUESTS_MAX};
    int64_t requests = 0;
    int form = MOCK_RATE_SECONDS;
    enum cog_code code =
        cog_document_integer(document, object, "requests", range, &requests, error);
    if (code == COG_OK) {
        code = cog_document_duration(document, object, "per", &limit->per_ms, error);
    }
    if (code == COG_OK && limit->per_ms == 0) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "per");
        return cog_document_fail(document, node, error, "'per' must be longer than 0s");
    }
    if (code == COG_OK) {
        code = cog_document_word(document, object, "retry_after", words, &form, error);
    }
    limit->requests = (int)requests;
    limit->retry_after = (enum mock_rate_form)form;
    return code;
}

static enum cog_code read_rate_limit(const struct cog_document *document, const cJSON *server,
                                     struct mock_rate_limit *limit, struct cog_error *error)
{
    static const char *const keys[] = {"requests", "per", "retry_after", NULL};
    static const char *const required[] = {"requests", "per", NULL};
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "rate_limit", &object, error);
    if (code != COG_OK || object == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = require_all(document, object, required, error);
    }
    if (code == COG_OK) {
        code = read_rate_values(document, object, limit, error);
    }
    return code;
}

static enum cog_code read_conversation(const struct cog_document *document, const cJSON *server,
                                       struct mock_behaviour *behaviour, struct cog_error *error)
{
    static const char *const keys[] = {"matches", NULL};
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "conversation", &object, error);
    if (code != COG_OK || object == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = cog_document_boolean(document, object, "matches", &behaviour->conversation_matches,
                                    error);
    }
    return code;
}

enum cog_code mock_script_read_behaviour(const struct cog_document *document, const cJSON *server,
                                         struct mock_behaviour *behaviour, struct cog_error *error)
{
    enum cog_code code = read_api(document, server, behaviour, error);
    if (code == COG_OK) {
        code = read_rate_limit(document, server, &behaviour->rate_limit, error);
    }
    if (code == COG_OK) {
        code = read_conversation(document, server, behaviour, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, server, "idempotency_keys",
                                    &behaviour->honours_idempotency_keys, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, server, "poll_retry_after",
                                     &behaviour->poll_retry_after_ms, error);
    }
    return code;
}
