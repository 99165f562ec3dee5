#include "explore/faults/kind.h"

#include <cogbase/document.h>
#include <cogbase/text.h>
#include <cogmock/faults.h>
#include <cogmock/script.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 128, TEXT_SIZE = 256 };

/* Takes the JSON, also on failure. */
static bool add(struct scn_kinds *kinds, const char *name, const char *phase, cJSON *inject)
{
    if (kinds->count == kinds->capacity) {
        const size_t capacity = kinds->capacity > 0 ? kinds->capacity * 2 : CAPACITY_MIN;
        struct scn_kind *items = realloc(kinds->items, capacity * sizeof *items);
        if (items == NULL) {
            cJSON_Delete(inject);
            return false;
        }
        kinds->items = items;
        kinds->capacity = capacity;
    }
    struct scn_kind *kind = &kinds->items[kinds->count];
    *kind = (struct scn_kind){.phase = phase, .inject = inject};
    (void)snprintf(kind->name, sizeof kind->name, "%s", name);
    kinds->count += inject != NULL ? 1 : 0;
    return inject != NULL;
}

/* A kind that is more than its name, or none with a name of its own. */
struct special {
    const char *name;
    const char *phase;
    const char *inject;
};

static const struct special specials[] = {
    {"delay_2s", "response", "{\"kind\":\"delay\",\"delay\":\"2s\"}"},
    {"delay_5m", "response", "{\"kind\":\"delay\",\"delay\":\"5m\"}"},
    {"reset_mid_answer", "response", "{\"kind\":\"reset_after_headers\",\"after_bytes\":7}"},
    {"timeout_after_headers", "after_apply",
     "{\"kind\":\"timeout_after_apply\",\"after_headers\":true}"},
    {"close_after_headers", "after_apply",
     "{\"kind\":\"close_no_response\",\"after_headers\":true}"},
    {"retry_after_on_success", "retry_after",
     "{\"kind\":\"headers\",\"headers\":{\"Retry-After\":\"7\"}}"},
    {"status_429_retry_after_seconds", "retry_after", "{\"status\":429,\"retry_after\":\"3s\"}"},
    {"status_429_retry_after_imf_fixdate", "retry_after",
     "{\"status\":429,\"retry_after\":{\"form\":\"imf-fixdate\",\"after\":\"4s\"}}"},
    {"status_429_retry_after_rfc850", "retry_after",
     "{\"status\":429,\"retry_after\":{\"form\":\"rfc850\",\"after\":\"4s\"}}"},
    {"status_429_retry_after_asctime", "retry_after",
     "{\"status\":429,\"retry_after\":{\"form\":\"asctime\",\"after\":\"4s\"}}"},
    {"status_429_retry_after_zero", "retry_after",
     "{\"status\":429,\"retry_after\":{\"raw\":\"0\"}}"},
    {"status_429_retry_after_past", "retry_after",
     "{\"status\":429,\"retry_after\":{\"raw\":\"Sun, 06 Nov 1994 08:49:37 GMT\"}}"},
    {"status_429_retry_after_huge", "retry_after",
     "{\"status\":429,\"retry_after\":{\"raw\":\"99999999999999999999\"}}"},
    {"status_429_retry_after_negative", "retry_after",
     "{\"status\":429,\"retry_after\":{\"raw\":\"-1\"}}"},
    {"status_429_retry_after_garbage", "retry_after",
     "{\"status\":429,\"retry_after\":{\"raw\":\"soon\"}}"},
    {"status_429_retry_after_twice", "retry_after",
     "{\"status\":429,\"headers\":{\"Retry-After\":[\"1\",\"5\"]}}"},
    {"status_429_ratelimit_only", "retry_after",
     "{\"status\":429,\"headers\":{\"RateLimit\":\"\\\"default\\\";r=0;t=3\"}}"},
    {"status_429_retry_after_two_minutes", "retry_after",
     "{\"status\":429,\"retry_after\":\"2m\"}"},
    {"status_503_retry_after_seconds", "retry_after", "{\"status\":503,\"retry_after\":\"3s\"}"},
    {"status_503_retry_after_two_minutes", "retry_after",
     "{\"status\":503,\"retry_after\":\"2m\"}"},
    {"status_500_html", "status", "{\"status\":500,\"body\":\"html\"}"},
    {"status_503_empty", "status", "{\"status\":503,\"body\":\"empty\"}"},
    {"status_200_null", "body", "{\"status\":200,\"body\":\"json_null\"}"},
};

/* Members without which, or with whose odd values, an answer says less than it seems. */
struct member {
    const char *call;
    const char *name;
    const char *values[6]; /* JSON; ends with NULL. */
};

static const struct member members[] = {
    {"token", "access_token", {"\"\"", "7", NULL}},
    {"token", "token_type", {"\"mac\"", "null", NULL}},
    {"token", "expires_in", {"0", "1", "-5", "1e12", "\"3600\"", NULL}},
    {"token", "scope", {"\"environment:write\"", "\"\"", NULL}},
    {"introspect", "active", {"false", "\"true\"", NULL}},
    {"health", "status", {"\"degraded\"", NULL}},
    {"sessions", "active_sessions", {"-1", "3", "\"0\"", "0.5", NULL}},
    {"simulate", "matched_intent", {"null", "\"\"", "7", NULL}},
    {"promote", "job_id", {"\"\"", "7", "null", "\"job/1?x=../\"", NULL}},
    {"promote", "status", {"\"running\"", "null", NULL}},
    {"status", "status", {"\"\"", "7", "\"paused\"", NULL}},
    {"status", "progress", {"-5", "150", "\"60\"", "null", NULL}},
    {"status", "job_id", {"\"job-99\"", NULL}},
    {"rollback", "status", {"null", "\"paused\"", NULL}},
    {"rollback", "rollback_id", {"\"\"", "7", NULL}},
    {"deployments", "deployments", {"[]", "null", "{}", NULL}},
    {"deployments", "status", {"\"paused\"", NULL}},
    {"deployments", "idempotency_key", {"\"key-of-another\"", "\"\"", "7", "null", NULL}},
    {"deployments", "created_at", {"\"yesterday\"", "null", NULL}},
    {"environment", "platform_version", {"\"v0.1\"", "null", NULL}},
    {"environment", "bot_id", {"\"bot-9\"", "null", NULL}},
    {"metrics", "intents", {"0", "-1", "1e300", NULL}},
    {"metrics", "content_digest", {"\"\"", "null", NULL}},
    {"versions", "version", {"-1", "\"7\"", NULL}},
    {"versions", "versions", {"[]", "null", NULL}},
};

static const int statuses[] = {400, 401, 403, 404, 405, 408, 409, 410, 412, 413,
                               415, 422, 425, 429, 500, 502, 503, 504, 507, 0};
/* What a server, or what is between, may say of a request that it has handled. Not 429: that says
 * that it was not, and nobody could tell. */
static const int applied_statuses[] = {408, 500, 502, 503, 504, 507, 0};
static const int redirects[] = {301, 302, 303, 307, 308, 0};

static bool is_acting(const char *call)
{
    return strcmp(call, "promote") == 0 || strcmp(call, "rollback") == 0 ||
           strcmp(call, "cancel") == 0;
}

/* Kinds that need a member besides, and stand among the special ones. */
static bool is_plain(const char *name)
{
    static const char *const others[] = {"delay",     "headers",  "missing_field",
                                         "set_field", "redirect", NULL};
    for (int i = 0; others[i] != NULL; i++) {
        if (strcmp(name, others[i]) == 0) {
            return false;
        }
    }
    return strcmp(mock_fault_kind_phase(name), "connect") != 0;
}

static bool add_plain(struct scn_kinds *kinds)
{
    for (const char *const *name = mock_fault_kind_names(); *name != NULL; name++) {
        if (is_plain(*name) &&
            !add(kinds, *name, mock_fault_kind_phase(*name), cJSON_CreateString(*name))) {
            return false;
        }
    }
    return true;
}

static bool add_text(struct scn_kinds *kinds, const char *name, const char *phase, const char *json)
{
    return add(kinds, name, phase, cJSON_Parse(json));
}

static bool add_statuses(struct scn_kinds *kinds, const int *list, bool is_applied)
{
    bool is_done = true;
    for (int i = 0; is_done && list[i] != 0; i++) {
        char name[SCN_KIND_NAME_SIZE];
        char json[TEXT_SIZE];
        (void)snprintf(name, sizeof name, "status_%d%s", list[i], is_applied ? "_applied" : "");
        (void)snprintf(json, sizeof json, "{\"status\":%d%s}", list[i],
                       is_applied ? ",\"applied\":true" : "");
        is_done = add_text(kinds, name, "status", json);
    }
    return is_done;
}

static bool add_redirects(struct scn_kinds *kinds)
{
    bool is_done = true;
    for (int i = 0; is_done && redirects[i] != 0; i++) {
        char name[SCN_KIND_NAME_SIZE];
        char json[TEXT_SIZE];
        (void)snprintf(name, sizeof name, "redirect_%d", redirects[i]);
        (void)snprintf(json, sizeof json, "{\"kind\":\"redirect\",\"status\":%d,\"applied\":false}",
                       redirects[i]);
        is_done = add_text(kinds, name, "response", json);
    }
    return is_done;
}

static bool add_member(struct scn_kinds *kinds, const struct member *member)
{
    char name[SCN_KIND_NAME_SIZE];
    char json[TEXT_SIZE];
    (void)snprintf(name, sizeof name, "missing_%s", member->name);
    (void)snprintf(json, sizeof json, "{\"kind\":\"missing_field\",\"field\":\"%s\"}",
                   member->name);
    bool is_done = add_text(kinds, name, "body", json);
    for (int i = 0; is_done && member->values[i] != NULL; i++) {
        (void)snprintf(name, sizeof name, "%s_is_%s", member->name, member->values[i]);
        (void)snprintf(json, sizeof json, "{\"kind\":\"set_field\",\"field\":\"%s\",\"value\":%s}",
                       member->name, member->values[i]);
        is_done = add_text(kinds, name, "body", json);
    }
    return is_done;
}

/* A yes to what was not done: nobody could tell it from one to a job that has yet to end. */
static bool is_false(const char *call, const char *kind)
{
    return strcmp(call, "cancel") == 0 && strcmp(kind, "status_200_null") == 0;
}

static bool add_all(struct scn_kinds *kinds, const char *call)
{
    bool is_done = add_plain(kinds) && add_statuses(kinds, statuses, false) &&
                   add_redirects(kinds) &&
                   (!is_acting(call) || add_statuses(kinds, applied_statuses, true));
    for (size_t i = 0; is_done && i < sizeof specials / sizeof specials[0]; i++) {
        is_done = is_false(call, specials[i].name) ||
                  add_text(kinds, specials[i].name, specials[i].phase, specials[i].inject);
    }
    for (size_t i = 0; is_done && i < sizeof members / sizeof members[0]; i++) {
        is_done = strcmp(members[i].call, call) != 0 || add_member(kinds, &members[i]);
    }
    return is_done;
}

/* The fake knows which kinds would change nothing about a call, and refuses those. */
static enum cog_code ask_fake(const char *call, const cJSON *inject, bool *out_is_fit)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    COG_CLEANUP(cog_string_finish) char *json = cJSON_PrintUnformatted(inject);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct mock_script *script = NULL;
    cog_text_append_format(&text, "{\"faults\":[{\"call\":\"%s\",\"inject\":%s}]}", call,
                           json != NULL ? json : "");
    if (json == NULL || text.failed) {
        return COG_ERROR_MEMORY;
    }
    enum cog_code code =
        cog_document_parse("fault", cog_text_string(&text), text.length, &document, NULL);
    if (code == COG_OK) {
        code = mock_script_parse(&document, &script, NULL);
        mock_script_destroy(script);
    }
    *out_is_fit = code == COG_OK;
    return code == COG_ERROR_SYNTAX ? COG_OK : code;
}

/* Keeps those that fit. */
static enum cog_code sift(struct scn_kinds *kinds, const char *call)
{
    enum cog_code code = COG_OK;
    size_t kept = 0;
    for (size_t i = 0; i < kinds->count; i++) {
        bool is_fit = true;
        code = code == COG_OK ? ask_fake(call, kinds->items[i].inject, &is_fit) : code;
        if (is_fit) {
            kinds->items[kept++] = kinds->items[i];
        } else {
            cJSON_Delete(kinds->items[i].inject);
        }
    }
    kinds->count = kept;
    return code;
}

enum cog_code scn_kinds_list(const char *call, struct scn_kinds *out_kinds)
{
    struct scn_kinds kinds = {0};
    enum cog_code code = add_all(&kinds, call) ? sift(&kinds, call) : COG_ERROR_MEMORY;
    if (code != COG_OK) {
        scn_kinds_finish(&kinds);
        return code;
    }
    *out_kinds = kinds;
    return COG_OK;
}

void scn_kinds_finish(struct scn_kinds *kinds)
{
    for (size_t i = 0; i < kinds->count; i++) {
        cJSON_Delete(kinds->items[i].inject);
    }
    free(kinds->items);
    *kinds = (struct scn_kinds){0};
}
