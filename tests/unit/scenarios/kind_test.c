/* What can go wrong with a request: nothing that changes nothing, and nothing left out. */
#include "explore/faults/kind.h"

#include "support/expect.h"

#include <cogbase/document.h>
#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogmock/faults.h>
#include <cogmock/script.h>

#include <stdio.h>

TestSuite(kind, .timeout = 30.0);

static void list(const char *call, struct scn_kinds *out_kinds)
{
    *out_kinds = (struct scn_kinds){0};
    cr_assert(scn_kinds_list(call, out_kinds) == COG_OK);
}

static const struct scn_kind *find(const struct scn_kinds *kinds, const char *name)
{
    for (size_t i = 0; i < kinds->count; i++) {
        if (strcmp(kinds->items[i].name, name) == 0) {
            return &kinds->items[i];
        }
    }
    return NULL;
}

/* Whether the fake takes it of that call. */
static bool is_taken(const char *call, const cJSON *inject, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *json = cJSON_PrintUnformatted(inject);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct mock_script *script = NULL;
    cog_text_append_format(&text, "{\"faults\":[{\"call\":\"%s\",\"inject\":%s}]}", call, json);
    if (cog_document_parse("kind", cog_text_string(&text), text.length, &document, error) !=
            COG_OK ||
        mock_script_parse(&document, &script, error) != COG_OK) {
        return false;
    }
    mock_script_destroy(script);
    return true;
}

Test(kind, lists_nothing_that_the_fake_would_refuse)
{
    for (const char *const *call = mock_call_names(); *call != NULL; call++) {
        COG_CLEANUP(scn_kinds_finish) struct scn_kinds kinds;
        list(*call, &kinds);

        for (size_t i = 0; i < kinds.count; i++) {
            struct cog_error error = {0};
            cr_expect(is_taken(*call, kinds.items[i].inject, &error), "%s %s: %s", *call,
                      kinds.items[i].name, error.message);
        }
    }
}

Test(kind, lists_each_name_once)
{
    for (const char *const *call = mock_call_names(); *call != NULL; call++) {
        COG_CLEANUP(scn_kinds_finish) struct scn_kinds kinds;
        list(*call, &kinds);

        for (size_t i = 0; i < kinds.count; i++) {
            cr_expect(find(&kinds, kinds.items[i].name) == &kinds.items[i], "%s %s", *call,
                      kinds.items[i].name);
        }
    }
}

/* Those of connections are none of a request's. */
Test(kind, lists_each_word_of_the_language_for_some_call)
{
    static const char *const with_members[] = {"delay",     "headers",  "missing_field",
                                               "set_field", "redirect", NULL};
    for (const char *const *name = mock_fault_kind_names(); *name != NULL; name++) {
        bool is_there = strcmp(mock_fault_kind_phase(*name), "connect") == 0;
        for (int i = 0; with_members[i] != NULL; i++) {
            is_there = is_there || strcmp(with_members[i], *name) == 0;
        }
        for (const char *const *call = mock_call_names(); !is_there && *call != NULL; call++) {
            COG_CLEANUP(scn_kinds_finish) struct scn_kinds kinds;
            list(*call, &kinds);
            is_there = find(&kinds, *name) != NULL;
        }
        cr_expect(is_there, "%s", *name);
    }
}

Test(kind, lists_all_of_each_phase_of_the_catalogue)
{
    static const struct {
        const char *phase;
        const char *names[24];
    } rows[] = {
        {"send", {"reset_before_body", "reset_mid_body", "stall_upload"}},
        {"after_apply",
         {"reset_after_apply", "close_no_response", "timeout_after_apply", "keepalive_close",
          "timeout_after_headers", "close_after_headers"}},
        {"response",
         {"delay_2s", "delay_5m", "drip", "truncated_headers", "truncated_body", "bad_chunk",
          "garbage_then_close", "wrong_content_length", "oversized_body", "huge_headers",
          "duplicate_headers", "bad_gzip", "many_1xx", "redirect_301", "redirect_302",
          "redirect_303", "redirect_307", "redirect_308"}},
        {"status", {"status_400",         "status_401",        "status_403", "status_404",
                    "status_405",         "status_408",        "status_409", "status_410",
                    "status_412",         "status_413",        "status_415", "status_422",
                    "status_425",         "status_429",        "status_500", "status_502",
                    "status_503",         "status_504",        "status_507", "status_408_applied",
                    "status_500_applied", "status_504_applied"}},
        {"retry_after",
         {"status_429_retry_after_seconds", "status_429_retry_after_imf_fixdate",
          "status_429_retry_after_rfc850", "status_429_retry_after_asctime",
          "status_429_retry_after_zero", "status_429_retry_after_past",
          "status_429_retry_after_huge", "status_429_retry_after_negative",
          "status_429_retry_after_garbage", "status_429_retry_after_twice",
          "status_429_ratelimit_only", "retry_after_on_success"}},
        {"body",
         {"empty_body", "not_json", "html_body", "truncated_json", "wrong_types", "nulls",
          "missing_fields", "missing_job_id", "missing_status", "unknown_status", "other_case",
          "unknown_fields", "duplicate_keys", "deep_json", "invalid_utf8", "problem_body"}},
    };
    COG_CLEANUP(scn_kinds_finish) struct scn_kinds kinds;
    list("promote", &kinds);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int j = 0; rows[i].names[j] != NULL; j++) {
            const struct scn_kind *kind = find(&kinds, rows[i].names[j]);
            cr_expect(kind != NULL, "%s", rows[i].names[j]);
            if (kind != NULL) {
                EXPECT_STR(kind->phase, rows[i].phase);
            }
        }
    }
}

/* Nobody could tell that it was handled, and only what acts is changed by that. */
Test(kind, applies_what_it_refuses_only_of_calls_that_act)
{
    COG_CLEANUP(scn_kinds_finish) struct scn_kinds looking;
    COG_CLEANUP(scn_kinds_finish) struct scn_kinds acting;
    list("status", &looking);
    list("rollback", &acting);

    cr_expect(find(&looking, "status_500_applied") == NULL);
    cr_expect(find(&acting, "status_500_applied") != NULL);
    cr_expect(find(&acting, "status_429_applied") == NULL);
    const struct scn_kind *plain = find(&acting, "status_500");
    const struct scn_kind *applied = find(&acting, "status_500_applied");
    cr_assert(plain != NULL && applied != NULL);
    cr_expect(!cJSON_IsTrue(cJSON_GetObjectItem(plain->inject, "applied")));
    cr_expect(cJSON_IsTrue(cJSON_GetObjectItem(applied->inject, "applied")));
}

Test(kind, lists_odd_members_of_the_call_that_has_them)
{
    static const struct {
        const char *call;
        const char *name;
        bool is_there;
    } rows[] = {
        {"promote", "missing_job_id", true},
        {"health", "missing_job_id", false},
        {"token", "expires_in_is_0", true},
        {"promote", "expires_in_is_0", false},
        {"status", "progress_is_150", true},
        {"status", "number_overflow", true},
        {"status", "nan", true},
        {"status", "job_id_is_\"job-99\"", true},
        {"sessions", "active_sessions_is_-1", true},
        {"health", "active_sessions_is_-1", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_kinds_finish) struct scn_kinds kinds;
        list(rows[i].call, &kinds);

        cr_expect((find(&kinds, rows[i].name) != NULL) == rows[i].is_there, "%s %s", rows[i].call,
                  rows[i].name);
    }
}
