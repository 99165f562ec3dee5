/* A tenant's state: read, replaced, saved, loaded. */
#include "control_stage.h"
#include "support/expect.h"

#include "../base/folder.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

TestSuite(state, .timeout = 10);

/* A promotion that is on its way in the tenant. */
static void begin(struct control_stage *stage, const char *folder)
{
    const struct mock_control_options options = {.state_folder = folder};
    control_open(stage, &options);
    control_authorize(stage, "");
    cr_assert_eq(control_send(stage, "POST", "/api/v1/deployments/promote", CONTROL_PROMOTION),
                 202);
    (void)control_call(stage, "PUT", "/tenants/default/clock", "{\"mode\":\"stopped\"}");
    (void)control_call(stage, "POST", "/tenants/default/clock/advance", "{\"by\":\"30s\"}");
}

Test(state, it_goes_into_another_tenant_which_goes_on_from_there)
{
    COG_CLEANUP(cog_string_finish) char *state = NULL;
    struct control_stage stage;
    begin(&stage, NULL);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/state", NULL), 200);
    state = strdup(stage.plan.body);
    const size_t digest_length = strlen(control_text(&stage, "digest"));

    EXPECT_INT(digest_length, 64);
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/b/state", state), 200);
    cr_expect(stage.plan.turns_clock);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/b/state", NULL), 200);
    EXPECT_STR(stage.plan.body, state);
    EXPECT_INT(control_send(&stage, "GET", "/t/b/api/v1/deployments/job-1/status", NULL), 200);
    EXPECT_INT(control_number(&stage, "progress"), 40);
    (void)control_call(&stage, "POST", "/tenants/b/clock/advance", "{\"by\":\"30s\"}");
    (void)control_call(&stage, "GET", "/tenants/b/jobs", NULL);
    EXPECT_STR(control_text(&stage, "jobs.0.status"), "completed");
    control_close(&stage);
}

Test(state, one_that_was_changed_under_its_digest_is_refused_and_changes_nothing)
{
    COG_CLEANUP(cog_string_finish) char *state = NULL;
    struct control_stage stage;
    begin(&stage, NULL);
    (void)control_call(&stage, "GET", "/tenants/default/state", NULL);
    state = strdup(stage.plan.body);
    char *digit = strstr(state, "\"now_ms\":30000");
    cr_assert_not_null(digit);
    digit[sizeof "\"now_ms\":" - 1] = '4';

    EXPECT_INT(control_call(&stage, "PUT", "/tenants/default/state", state), 400);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "'digest' does not fit");
    (void)control_call(&stage, "GET", "/tenants/default/clock", NULL);
    EXPECT_INT(control_number(&stage, "now_ms"), 30000);
    control_close(&stage);
}

Test(state, what_is_saved_can_be_loaded)
{
    char folder[FOLDER_PATH_SIZE];
    char digest[80];
    struct control_stage stage;
    folder_create(folder);
    begin(&stage, folder);

    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/state/save", "{\"name\":\"half\"}"),
               200);
    (void)snprintf(digest, sizeof digest, "%s", control_text(&stage, "digest"));
    EXPECT_STR(control_text(&stage, "name"), "half");
    (void)control_call(&stage, "POST", "/tenants/default/reset", NULL);
    (void)control_call(&stage, "PUT", "/tenants/default/clock", "{\"mode\":\"stopped\"}");
    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/state/load", "{\"name\":\"half\"}"),
               200);
    EXPECT_STR(control_text(&stage, "digest"), digest);
    control_close(&stage);
    folder_remove(folder);
}

Test(state, names_lead_nowhere_but_into_the_folder)
{
    static const char *const names[] = {"../x", "/etc/passwd", "a/b", ".x", "", "A", "x\\u0000"};
    char folder[FOLDER_PATH_SIZE];
    char body[64];
    struct control_stage stage;
    folder_create(folder);
    begin(&stage, folder);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(body, sizeof body, "{\"name\":\"%s\"}", names[i]);
        const int status = control_call(&stage, "POST", "/tenants/default/state/save", body);
        cr_expect_eq(status, 400, "%s: %d", names[i], status);
    }
    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/state/load", "{\"name\":\"none\"}"),
               404);
    control_close(&stage);
    folder_remove(folder);
}

Test(state, without_a_folder_nothing_is_saved)
{
    struct control_stage stage;
    begin(&stage, NULL);

    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/state/save", "{\"name\":\"x\"}"),
               409);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "--state-dir");
    control_close(&stage);
}
