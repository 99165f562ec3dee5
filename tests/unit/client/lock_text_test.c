#include "lock_text.h"

#include "support/expect.h"

TestSuite(lock_text, .timeout = 5.0);

static const struct cog_lock HELD = {
    .state = COG_LOCK_HELD,
    .target_environment_id = "env-b",
    .run_id = "run-1",
    .actor = "al\x1bice",
    .holder = {.host = "host", .pid = 12},
    .since_unix_ms = 1000,
};

Test(lock_text, says_who_holds_it_where_and_since_when)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_lock_text_append(&text, &HELD);

    EXPECT_STR(cog_text_string(&text), "env-b: held by al?ice, run run-1, process 12 on host,"
                                       " since 1970-01-01T00:00:01Z\n");
}

Test(lock_text, names_nobody_where_it_is_free)
{
    const struct cog_lock free_lock = {.target_environment_id = "env-b"};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_json_finish) cJSON *json = cog_lock_text_json(&free_lock);
    COG_CLEANUP(cog_string_finish) char *printed = cJSON_PrintUnformatted(json);

    cog_lock_text_append(&text, &free_lock);

    EXPECT_STR(cog_text_string(&text), "env-b: free\n");
    EXPECT_STR(printed, "{\"target_env_id\":\"env-b\",\"state\":\"free\"}");
}
