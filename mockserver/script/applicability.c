/* Which kinds of faults would change nothing about a call. */
#include "script/fault.h"

#include <cogbase/text.h>

#include <string.h>

enum { MEMBERS_MAX = 12 };

/* What the answers to a call tell; `sends_body` is of its requests. */
struct shape {
    bool sends_body;
    const char *members[MEMBERS_MAX]; /* Ends with NULL. */
};

static const struct shape shapes[MOCK_CALL_COUNT] = {
    [MOCK_CALL_TOKEN] = {true, {"access_token", "expires_in", "token_type", "scope"}},
    [MOCK_CALL_INTROSPECT] = {true, {"active", "scope", "exp", "client_id"}},
    [MOCK_CALL_HEALTH] = {false, {"status"}},
    [MOCK_CALL_SESSIONS] = {false, {"active_sessions", "status"}},
    [MOCK_CALL_SIMULATE] = {true, {"environment_id", "matched_intent", "reply"}},
    [MOCK_CALL_PROMOTE] = {true, {"job_id", "status", "created_at", "source_id", "target_id"}},
    [MOCK_CALL_STATUS] = {false, {"job_id", "status", "progress", "error", "rollback_id"}},
    [MOCK_CALL_ROLLBACK] = {true, {"job_id", "rollback_id", "status"}},
    [MOCK_CALL_CANCEL] = {true, {"job_id", "status", "progress", "error", "rollback_id"}},
    [MOCK_CALL_DEPLOYMENTS] = {false,
                               {"deployments", "job_id", "status", "progress", "error",
                                "rollback_id", "source_id", "target_id", "created_at",
                                "idempotency_key"}},
    [MOCK_CALL_ENVIRONMENT] = {false, {"id", "name", "platform_version", "bot_id"}},
    [MOCK_CALL_METRICS] = {false,
                           {"environment_id", "intents", "entities", "flows", "webhooks",
                            "integrations", "variables", "content_digest"}},
    [MOCK_CALL_VERSIONS] = {false,
                            {"bot_id", "versions", "version", "environment_id", "created_at"}},
    [MOCK_CALL_WEBHOOK] = {true, {NULL}},
};

/* Of every answer that says no. */
static const char *const problem_members[] = {"type", "title", "detail", NULL};

static bool is_in(const char *const *list, const char *name)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool tells_identifier(const struct shape *shape)
{
    return is_in(shape->members, "job_id") || is_in(shape->members, "environment_id") ||
           is_in(shape->members, "bot_id");
}

/* The calls that a kind would change something about. @return NULL when out of memory */
static char *list_calls(bool (*is_fit)(const struct shape *shape))
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    for (int call = 0; call < MOCK_CALL_STUB; call++) {
        if (is_fit(&shapes[call])) {
            cog_text_append_format(&text, "%s%s", text.length > 0 ? ", " : "",
                                   mock_call_name((enum mock_call)call));
        }
    }
    return cog_text_take(&text);
}

static enum cog_code fail_call(const struct cog_document *document, const cJSON *node,
                               const struct mock_fault *fault, const char *why,
                               bool (*is_fit)(const struct shape *shape), struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *calls = list_calls(is_fit);
    const cJSON *place = cJSON_GetObjectItemCaseSensitive(node, "call");
    return cog_document_fail(document, place != NULL ? place : node, error,
                             "'%s' cannot apply to '%s', %s: use one of %s",
                             mock_fault_kind_names()[fault->injection.kind],
                             mock_call_name(fault->call), why, calls != NULL ? calls : "others");
}

static bool sends_body(const struct shape *shape)
{
    return shape->sends_body;
}

static bool tells_status(const struct shape *shape)
{
    return is_in(shape->members, "status");
}

static enum cog_code check_member(const struct cog_document *document, const cJSON *node,
                                  const struct mock_fault *fault, struct cog_error *error)
{
    const char *const *members = shapes[fault->call].members;
    const char *field = fault->injection.field;
    const char *call = mock_call_name(fault->call);
    if (is_in(members, field) || is_in(problem_members, field)) {
        return COG_OK;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    for (size_t i = 0; members[i] != NULL; i++) {
        cog_text_append_format(&text, "%s%s", i > 0 ? ", " : "", members[i]);
    }
    if (text.length == 0) {
        return cog_document_fail(document, node, error, "the answers to '%s' have no members",
                                 call);
    }
    return cog_document_fail(document, node, error,
                             "the answers to '%s' have no member '%s': use one of %s", call, field,
                             cog_text_string(&text));
}

enum cog_code mock_fault_check_call(const struct cog_document *document, const cJSON *node,
                                    const struct mock_fault *fault, struct cog_error *error)
{
    const struct shape *shape = &shapes[fault->call];
    if (fault->call == MOCK_CALL_STUB) {
        return COG_OK; /* It says whatever its scenario wants. */
    }
    switch ((int)fault->injection.kind) {
    case MOCK_FAULT_RESET_MID_BODY:
    case MOCK_FAULT_STALL_UPLOAD:
        return sends_body(shape) ? COG_OK
                                 : fail_call(document, node, fault, "whose requests have no body",
                                             sends_body, error);
    case MOCK_FAULT_UNKNOWN_STATUS:
        return tells_status(shape)
                   ? COG_OK
                   : fail_call(document, node, fault, "which tells no status", tells_status, error);
    case MOCK_FAULT_OTHER_ID:
        return tells_identifier(shape)
                   ? COG_OK
                   : fail_call(document, node, fault, "which tells no identifier", tells_identifier,
                               error);
    case MOCK_FAULT_MISSING_FIELD:
        return check_member(document, node, fault, error);
    default:
        return COG_OK;
    }
}
