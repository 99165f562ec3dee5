#include "drill/guided/scene.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(scene, .timeout = 5.0);

static cJSON *json(const char *text)
{
    cJSON *parsed = cJSON_Parse(text);
    cr_assert(parsed != NULL, "%s", text);
    return parsed;
}

#define STATUS_AT(at) "{\"call\":\"status\",\"answered_ms\":" at ",\"status\":200,\"fault\":null}"
#define RUNNING       "{\"jobs\":[{\"job_id\":\"job-1\",\"status\":\"running\",\"stuck\":false}]}"

Test(scene, shows_no_trouble_while_all_answers_are_good)
{
    COG_CLEANUP(scn_scene_finish)
    struct scn_scene scene = {
        .jobs = json(RUNNING),
        .requests = json("[" STATUS_AT("100") "," STATUS_AT("200") "]"),
    };

    cr_expect(!scn_scene_shows_trouble(&scene, 50));
}

Test(scene, shows_trouble_once_a_request_went_wrong)
{
    COG_CLEANUP(scn_scene_finish)
    struct scn_scene scene = {
        .jobs = json(RUNNING),
        .requests = json("[{\"call\":\"rollback\",\"answered_ms\":100,\"status\":429}]"),
    };

    cr_expect(scn_scene_shows_trouble(&scene, 100));
    cr_expect(!scn_scene_shows_trouble(&scene, 101), "it went wrong before");
}

Test(scene, shows_trouble_once_a_fault_struck_a_request)
{
    COG_CLEANUP(scn_scene_finish)
    struct scn_scene scene = {
        .jobs = json(RUNNING),
        .requests = json("[{\"call\":\"promote\",\"answered_ms\":100,\"status\":202,"
                         "\"fault\":\"reset_after_apply\"}]"),
    };

    cr_expect(scn_scene_shows_trouble(&scene, 50));
}

Test(scene, shows_trouble_once_the_job_has_failed)
{
    COG_CLEANUP(scn_scene_finish)
    struct scn_scene scene = {
        .jobs = json("{\"jobs\":[{\"job_id\":\"job-1\",\"status\":\"failed\"}]}"),
        .requests = json("[]"),
    };

    cr_expect(scn_scene_shows_trouble(&scene, 50));
}

Test(scene, shows_a_standstill_only_to_who_has_looked_some_times)
{
    COG_CLEANUP(scn_scene_finish)
    struct scn_scene scene = {
        .jobs = json("{\"jobs\":[{\"job_id\":\"job-1\",\"status\":\"running\",\"stuck\":true}]}"),
        .requests = json("[" STATUS_AT("100") "," STATUS_AT("200") "," STATUS_AT("300") "]"),
    };

    cr_expect(!scn_scene_shows_trouble(&scene, 150));
    cr_expect(scn_scene_shows_trouble(&scene, 50));
}

Test(scene, finds_the_first_strike_and_that_of_a_name)
{
    COG_CLEANUP(scn_scene_finish)
    struct scn_scene scene = {
        .injects = json("{\"injects\":[{\"name\":\"a\",\"struck_ms\":null},"
                        "{\"name\":\"b\",\"struck_ms\":900},{\"name\":\"c\",\"struck_ms\":70}]}"),
    };

    EXPECT_INT(scn_scene_strike_ms(&scene, NULL), 70);
    EXPECT_INT(scn_scene_strike_ms(&scene, "b"), 900);
    EXPECT_INT(scn_scene_strike_ms(&scene, "a"), -1);
}

Test(scene, knows_nothing_before_the_first_look)
{
    const struct scn_scene scene = {0};

    EXPECT_INT(scn_scene_now_ms(&scene), -1);
    EXPECT_INT(scn_scene_strike_ms(&scene, NULL), -1);
    cr_expect(scn_scene_job(&scene) == NULL);
    cr_expect(scn_scene_environment(&scene, "env-target") == NULL);
    cr_expect(!scn_scene_shows_trouble(&scene, 0));
}
