#include "world/state.h"

#include "scene.h"

#include <cogbase/json.h>

#include <stdlib.h>

TestSuite(state_write, .timeout = 5.0);
TestSuite(state_read, .timeout = 5.0);
TestSuite(state_digest, .timeout = 5.0);

/* The state as text, sealed. Owned by the caller. */
static char *write_state(const struct mock_world *world)
{
    COG_CLEANUP(cog_json_finish) cJSON *state = NULL;
    struct cog_error error = {0};
    char *text = NULL;
    cr_assert(mock_state_write(world, &state) == COG_OK);
    cr_assert(mock_state_seal(state) == COG_OK);
    ASSERT_CODE(cog_json_print(state, &text, &error), COG_OK, error);
    return text;
}

static enum cog_code read_state(const char *text, const struct mock_setup *setup,
                                struct mock_world **out_world, struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    enum cog_code code = cog_document_parse("state.json", text, strlen(text), &document, error);
    if (code != COG_OK) {
        return code;
    }
    return mock_state_read(&document, document.root, setup, 1, out_world, error);
}

/* The scene goes on with what was read of its own state. */
static void reload(struct scene *scene)
{
    struct mock_world *world = NULL;
    struct cog_error error = {0};
    COG_CLEANUP(cog_string_finish) char *text = write_state(scene->world);
    ASSERT_CODE(read_state(text, &scene->setup, &world, &error), COG_OK, error);
    COG_CLEANUP(cog_string_finish) char *again = write_state(world);
    EXPECT_STR(again, text);
    scene->deployment = mock_world_deployment_find(world, scene->deployment->job_id);
    cr_assert_not_null(scene->deployment);
    mock_world_destroy(scene->world);
    scene->world = world;
    scene->promotion.source = mock_world_environment_find(world, "env-source");
    scene->promotion.target = mock_world_environment_find(world, "env-target");
}

/* With sessions, health, one deployment rolled back, one failed, and one that runs. */
static struct scene *scene_create_rich(void)
{
    struct scene *scene = scene_create();
    static const struct mock_level_step sessions[] = {{0, 3}, {30000, 0}, {500000, 2}};
    static const struct mock_level_step health[] = {{1000, 503}, {600000, 200}};
    scene_level(&scene->setup.environments[1].sessions, sessions, 3);
    scene_level(&scene->setup.health, health, 2);
    scene_start(scene);
    scene->promotion.override_active_sessions = true;
    scene->promotion.idempotency_key = "key-1";
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 60000);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 80000);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 100000);
    cr_assert(mock_deployment_fail(scene->world, scene->deployment,
                                   "l\xc3\xb6"
                                   "ck \"x\"\n") == MOCK_REFUSAL_NONE);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 130000);
    return scene;
}

Test(state_read, gives_back_what_was_written_byte_for_byte)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create_rich();

    reload(scene);

    EXPECT_INT(scene->world->now_ms, 130000);
    EXPECT_INT(mock_world_health(scene->world), 503);
    EXPECT_INT(mock_world_next_due_ms(scene->world), 136000);
    EXPECT_INT(scene->world->rollback_count, 1);
}

Test(state_read, lets_a_running_job_go_on_with_its_own_timeline)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create_rich();
    scene->setup.job.step_count = 1;

    reload(scene);
    EXPECT_INT(scene->world->deployment_count, 3);
    mock_world_advance(scene->world, 160000);

    EXPECT_INT(scene->deployment->status, MOCK_JOB_COMPLETED);
    EXPECT_INT(scene->deployment->ended_ms, 160000);
    EXPECT_INT(mock_content_difference(&scene->promotion.target->content,
                                       &scene->promotion.source->content),
               0);
    reload(scene);
    cr_assert(scene_promote(scene) == MOCK_REFUSAL_NONE);
    EXPECT_STR(scene->deployment->job_id, "job-4");
}

Test(state_read, lets_a_rollback_go_on_and_counts_the_next_one)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create_rich();
    mock_world_advance(scene->world, 160000);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 170000);
    scene->setup.rollback.ends = false;

    reload(scene);
    mock_world_advance(scene->world, 180000);

    EXPECT_INT(scene->deployment->status, MOCK_JOB_ROLLED_BACK);
    EXPECT_INT(scene->deployment->rollback_ended_ms, 180000);
    EXPECT_STR(scene->deployment->rollback_id, "rollback-2");
    EXPECT_INT(scene->promotion.target->version, 6);
}

Test(state_read, keeps_a_held_job_held)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create_rich();
    cr_assert(mock_deployment_hold(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);

    reload(scene);
    mock_world_advance(scene->world, 230000);

    EXPECT_INT(scene->deployment->progress, 40);
    cr_assert(mock_deployment_release(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    reload(scene);
    mock_world_advance(scene->world, 260000);
    EXPECT_INT(scene->deployment->ended_ms, 260000);
}

Test(state_read, of_an_environment_that_somebody_added_by_hand)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    static const char text[] =
        "{\"format\": 1, \"now_ms\": 5, \"rollback_count\": 0,\n"
        " \"health\": {\"epoch_ms\": 0, \"steps\": [{\"at_ms\": 1, \"value\": 503}]},\n"
        " \"environments\": [{\"id\": \"e\", \"name\": \"E\", \"platform_version\": \"v1.2.3\",\n"
        "   \"bot_id\": \"b\", \"version\": 4, \"start_digest\":\n"
        "   \"0123456789012345678901234567890123456789012345678901234567890123\",\n"
        "   \"sessions\": {\"epoch_ms\": 5, \"steps\": [{\"at_ms\": 0, \"value\": 2}]},\n"
        "   \"content\": {\"intents\": [0, 9], \"entities\": [], \"flows\": [], \"webhooks\": [],\n"
        "     \"integrations\": [], \"variables\": [1, 0]}}],\n"
        " \"versions\": [], \"deployments\": []} // by hand\n";
    struct cog_error error = {0};

    ASSERT_CODE(read_state(text, &scene->setup, &scene->world, &error), COG_OK, error);

    const struct mock_environment *environment = mock_world_environment_find(scene->world, "e");
    EXPECT_INT(mock_content_count(&environment->content, MOCK_KIND_INTENT), 1);
    EXPECT_INT(mock_content_revision(&environment->content, MOCK_KIND_INTENT, 1), 9);
    EXPECT_INT(mock_world_sessions(scene->world, environment), 2);
    EXPECT_INT(mock_world_health(scene->world), 503);
}

/* `text` with the first `from` behind `behind` replaced. Owned by the caller. */
static char *edit(const char *text, const char *behind, const char *from, const char *to)
{
    const char *start = strstr(text, behind);
    cr_assert_not_null(start, "no '%s'", behind);
    const char *place = strstr(start, from);
    cr_assert_not_null(place, "no '%s' behind '%s'", from, behind);
    struct cog_text edited = {0};
    cog_text_append_bytes(&edited, text, (size_t)(place - text));
    cog_text_append(&edited, to);
    cog_text_append(&edited, place + strlen(from));
    return cog_text_take(&edited);
}

Test(state_read, refuses_what_the_world_cannot_be_and_names_the_member)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create_rich();
    COG_CLEANUP(cog_string_finish) char *sealed = write_state(scene->world);
    COG_CLEANUP(cog_string_finish)
    char *text = edit(sealed, "\"digest\":", "\"digest\":", "\"rate\":");
    static const struct {
        const char *behind, *from, *to, *message;
    } rows[] = {
        {"{", "\"format\":1", "\"format\":2", "'format' must be a whole number from 1 to 1, not 2"},
        {"{", "\"format\":1,", "", "'format' is missing"},
        {"{", "\"format\":", "\"formt\":", "did you mean 'format'"},
        {"{", "\"now_ms\":130000", "\"now_ms\":-1", "'now_ms' must be a whole number"},
        {"{", "\"now_ms\":130000", "\"now_ms\":1.5", "'now_ms' must be a whole number"},
        {"{", "\"now_ms\":130000", "\"now_ms\":1e300", "'now_ms' must be a whole number"},
        {"{", "\"now_ms\":130000", "\"now_ms\":\"5\"", "'now_ms' must be a whole number, not"},
        {"{", "\"now_ms\":130000", "\"now_ms\":7000", "must not be after 'now_ms'"},
        {"\"health\"", "\"value\":503", "\"value\":99", "'value' must be a whole number from 200"},
        {"\"health\"", "\"at_ms\":600000", "\"at_ms\":5",
         "'at_ms' must be a whole number from 1000"},
        {"\"health\"", "\"steps\":[", "\"steps\":[7,", "expected an object"},
        {"\"environments\"", "\"env-target\"", "\"env-source\"",
         "there are two environments 'env-source'"},
        {"\"environments\"", "\"env-target\"", "\"env-other\"",
         "there is no environment 'env-target'"},
        {"\"environments\"", "v1.18.0", "18", "expected a platform version"},
        {"\"environments\"", "\"version\":7", "\"version\":0", "'version' must be a whole number"},
        {"\"environments\"", "\"start_digest\":\"", "\"start_digest\":\"0",
         "'start_digest' must have"},
        {"\"environments\"", "\"epoch_ms\":0", "\"epoch_ms\":130001", "must not be after 'now_ms'"},
        {"\"environments\"", "\"intents\":[7", "\"intents\":[70000", "expected a revision"},
        {"\"environments\"", "\"intents\":[7", "\"intents\":[\"7\"", "expected a revision"},
        {"\"environments\"", "\"intents\":[7", "\"intents\":[-1", "expected a revision"},
        {"\"environments\"", "\"intents\":[7", "\"intents\":[0.5", "expected a revision"},
        {"\"environments\"", "\"intents\":", "\"intent\":", "did you mean 'intents'"},
        {"\"versions\"", "\"env-source\"", "\"x\"", "there is no environment 'x'"},
        {"\"versions\"", "\"number\":7", "\"number\":\"7\"", "'number' must be a whole number"},
        {"\"versions\"", "\"created_ms\":0", "\"created_ms\":130001", "must not be after 'now_ms'"},
        {"\"deployments\"", "job-1", "job-2", "expected \"job-1\""},
        {"\"deployments\"", "rolled_back", "running", "'status' 'running' does not fit"},
        {"\"deployments\"", "rolled_back", "rolled_bak", "did you mean 'rolled_back'"},
        {"\"deployments\"", "\"ended_ms\":60000", "\"ended_ms\":-1", "does not fit"},
        {"\"deployments\"", "\"progress\":100", "\"progress\":101", "'progress' must be"},
        {"\"deployments\"", "\"held_ms\":-1", "\"held_ms\":5", "'held_ms' must be -1"},
        {"\"deployments\"", "\"target\":\"env-target\"", "\"target\":\"x\"",
         "there is no environment 'x'"},
        {"\"deployments\"", "\"key-1\"", "\"\"", "'idempotency_key' must have 1 to 255 bytes"},
        {"\"deployments\"", "\"key-1\"", "7", "'idempotency_key'"},
        {"\"deployments\"", "rollback-1", "rollback-2",
         "expected \"rollback-1\" to \"rollback-1\""},
        {"job-3", "\"step_index\":3", "\"step_index\":7", "'step_index' is beyond the timeline"},
        {"job-3", "\"step_index\":3", "\"step_index\":65", "'step_index' must be a whole number"},
        {"job-3", "\"at_ms\":12000", "\"at_ms\":50000", "times must ascend"},
        {"job-3", "\"progress\":20}", "\"complete\":true}", "nothing can follow the job's end"},
        {"job-3", "\"progress\":20}", "\"fail\":\"\"}", "'fail' must have 1 to 256 bytes"},
        {"job-3", "\"progress\":20}", "\"complete\":false}", "expected exactly one of 'progress'"},
        {"job-3", "\"work\":{", "\"word\":{", "unknown"},
        {"job-3", "\"before\":{", "\"before\":[],\"x\":{", "unknown"},
        {"job-2", "\"failed\",\"job_end\":\"failed\"", "\"pending\",\"job_end\":\"running\"",
         "does not fit"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_string_finish)
        char *edited = edit(text, rows[i].behind, rows[i].from, rows[i].to);
        struct mock_world *world = NULL;
        struct cog_error error = {0};
        enum cog_code code = read_state(edited, &scene->setup, &world, &error);
        cr_expect(code == COG_ERROR_SYNTAX && world == NULL, "row %zu: code %d", i, (int)code);
        cr_expect(strstr(error.message, rows[i].message) != NULL, "row %zu: '%s' lacks '%s'", i,
                  error.message, rows[i].message);
        EXPECT_CONTAINS(error.message, "state.json:1:");
    }
}

Test(state_read, refuses_two_deployments_at_work_on_one_target)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create_rich();
    COG_CLEANUP(cog_string_finish) char *sealed = write_state(scene->world);
    COG_CLEANUP(cog_string_finish)
    char *text = edit(sealed, "\"digest\":", "\"digest\":", "\"rate\":");
    COG_CLEANUP(cog_string_finish)
    char *status = edit(text, "job-2", "\"failed\",\"job_end\":\"failed\"",
                        "\"pending\",\"job_end\":\"running\"");
    COG_CLEANUP(cog_string_finish)
    char *running = edit(status, "job-2", "\"ended_ms\":100000", "\"ended_ms\":-1");
    COG_CLEANUP(cog_string_finish)
    char *edited = edit(running, "job-2", "\"before\"",
                        "\"work\":{\"step_index\":0,\"timeline\":[],\"wanted\":{\"intents\":[],"
                        "\"entities\":[],\"flows\":[],\"webhooks\":[],\"integrations\":[],"
                        "\"variables\":[]}},\"before\"");
    struct mock_world *world = NULL;
    struct cog_error error = {0};

    enum cog_code code = read_state(edited, &scene->setup, &world, &error);

    ASSERT_CODE(code, COG_ERROR_SYNTAX, error);
    EXPECT_CONTAINS(error.message, "another deployment works on 'env-target' already");
}

Test(state_digest, is_of_the_canonical_form_and_must_fit)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create_rich();
    COG_CLEANUP(cog_string_finish) char *text = write_state(scene->world);
    COG_CLEANUP(cog_string_finish)
    char *edited = edit(text, "{", "\"progress\":100", "\"progress\":9");
    struct mock_world *world = NULL;
    struct cog_error error = {0};

    enum cog_code code = read_state(edited, &scene->setup, &world, &error);

    ASSERT_CODE(code, COG_ERROR_SYNTAX, error);
    EXPECT_CONTAINS(error.message, "'digest' does not fit");
}

Test(state_digest, does_not_depend_on_the_order_of_members)
{
    COG_CLEANUP(cog_json_finish) cJSON *left = cJSON_Parse("{\"a\":1,\"b\":[2],\"digest\":\"x\"}");
    COG_CLEANUP(cog_json_finish) cJSON *right = cJSON_Parse("{\"b\":[2],\"a\":1}");
    char expected[COG_DIGEST_SIZE];
    char digests[2][COG_DIGEST_SIZE];
    cr_assert(cog_digest_sha256("{\"a\":1,\"b\":[2]}", 15, expected) == COG_OK);

    cr_assert(mock_state_digest(left, digests[0]) == COG_OK);
    cr_assert(mock_state_digest(right, digests[1]) == COG_OK);

    EXPECT_STR(digests[0], expected);
    EXPECT_STR(digests[1], expected);
}

Test(state_write, tells_the_counters_and_every_part)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create_rich();
    COG_CLEANUP(cog_json_finish) cJSON *state = NULL;

    cr_assert(mock_state_write(scene->world, &state) == COG_OK);

    static const char *const keys[] = {"format",       "now_ms",   "rollback_count", "health",
                                       "environments", "versions", "deployments"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        cr_expect_not_null(cJSON_GetObjectItemCaseSensitive(state, keys[i]), "%s", keys[i]);
    }
    EXPECT_INT(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(state, "versions")), 4);
    EXPECT_INT(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(state, "deployments")), 3);
}

/* Else the digest would tell of what was there before. */
Test(state_write, of_content_ends_with_its_last_item)
{
    COG_CLEANUP(scene_destroy) struct scene *scene = scene_create();
    COG_CLEANUP(cog_json_finish) cJSON *state = NULL;
    scene_complete(scene);
    cr_assert(mock_world_rollback(scene->world, scene->deployment) == MOCK_REFUSAL_NONE);
    mock_world_advance(scene->world, 80000);
    EXPECT_INT(scene->promotion.target->content.lengths[MOCK_KIND_INTENT], 14);

    cr_assert(mock_state_write(scene->world, &state) == COG_OK);

    const cJSON *environments = cJSON_GetObjectItemCaseSensitive(state, "environments");
    const cJSON *target = cJSON_GetArrayItem(environments, 1);
    const cJSON *content = cJSON_GetObjectItemCaseSensitive(target, "content");
    EXPECT_INT(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(content, "intents")), 12);
}
