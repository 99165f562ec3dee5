/* The members of `server` that change the API and not the world behind it. */
#include "script/scenario.h"

static enum cog_code read_api(const struct cog_document *document, const cJSON *server,
                              struct mock_behaviour *behaviour, struct cog_error *error)
{
    static const char *const words[] = {"full", "seed", NULL};
    int index = behaviour->seed_only ? 1 : 0;
    enum cog_code code = cog_document_word(document, server, "api", words, &index, error);
    behaviour->seed_only = index == 1;
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
        code = mock_script_read_rate_limits(document, server, &behaviour->rate_limits, error);
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
