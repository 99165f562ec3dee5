/* Which file a word on the command line means. The folder is that of the drills of this tree. */
#include "drill/catalogue.h"
#include "drill/drill.h"

#include "support/expect.h"

#include <cogbase/text.h>

TestSuite(drill_catalogue, .timeout = 10.0);

Test(drill_catalogue, list_has_the_twelve_in_the_order_of_their_ids)
{
    const char *const ids[] = {"answer_lost",      "client_killed",        "job_fails",
                               "job_hangs",        "parity_low",           "rollback_half",
                               "rollback_refused", "sessions_never_drain", "throttled_rollback",
                               "token_revoked",    "two_operators",        "webhook_down"};
    COG_CLEANUP(scn_drill_catalogue_finish) struct scn_drill_catalogue catalogue = {0};
    struct cog_error error = {0};

    enum cog_code code = scn_drill_catalogue_list(DRILLS_FOLDER, &catalogue, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_assert(catalogue.count == sizeof ids / sizeof ids[0]);
    for (size_t i = 0; i < catalogue.count; i++) {
        EXPECT_STR(catalogue.ids[i], ids[i]);
    }
    EXPECT_STR(catalogue.paths[0], DRILLS_FOLDER "/answer_lost.jsonc");
}

Test(drill_catalogue, list_has_drills_that_people_can_be_led_through)
{
    COG_CLEANUP(scn_drill_catalogue_finish) struct scn_drill_catalogue catalogue = {0};
    struct cog_error error = {0};
    cr_assert(scn_drill_catalogue_list(DRILLS_FOLDER, &catalogue, &error) == COG_OK);

    for (size_t i = 0; i < catalogue.count; i++) {
        COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};

        enum cog_code code = scn_drill_read(catalogue.paths[i], &drill, &error);

        ASSERT_CODE(code, COG_OK, error);
        EXPECT_STR(drill.id, catalogue.ids[i]);
        cr_expect(drill.role_count == 3, "%s", drill.id);
        cr_expect(drill.hint_count >= 2, "%s", drill.id);
        cr_expect(drill.question_count >= 4, "%s", drill.id);
        cr_expect(drill.checklist.count >= 5, "%s", drill.id);
        cr_expect(drill.guidance.task[0] != '\0', "%s", drill.id);
    }
}

Test(drill_catalogue, list_says_that_a_folder_is_not_there)
{
    struct scn_drill_catalogue catalogue = {0};
    struct cog_error error = {0};

    enum cog_code code = scn_drill_catalogue_list("/nowhere", &catalogue, &error);

    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_STR(error.message, "cannot read '/nowhere': No such file or directory");
}

Test(drill_catalogue, find_takes_an_id)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    struct cog_error error = {0};

    enum cog_code code = scn_drill_catalogue_find_in(DRILLS_FOLDER, "job_hangs", &path, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(path, DRILLS_FOLDER "/job_hangs.jsonc");
}

Test(drill_catalogue, find_takes_a_path)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    struct cog_error error = {0};

    enum cog_code code =
        scn_drill_catalogue_find_in("/nowhere", DRILLS_FOLDER "/job_hangs.jsonc", &path, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(path, DRILLS_FOLDER "/job_hangs.jsonc");
}

Test(drill_catalogue, find_asks_whether_a_near_one_was_meant)
{
    char *path = NULL;
    struct cog_error error = {0};

    enum cog_code code = scn_drill_catalogue_find_in(DRILLS_FOLDER, "job_hang", &path, &error);

    EXPECT_INT(code, COG_ERROR_NOT_FOUND);
    cr_expect(strstr(error.message, "did you mean 'job_hangs'?") != NULL, "%s", error.message);
    cr_expect(path == NULL);
}

Test(drill_catalogue, find_complains_of_a_path_as_one)
{
    const struct {
        const char *word;
        const char *message;
    } rows[] = {
        {"gone/drill.jsonc", "cannot read 'gone/drill.jsonc': No such file or directory"},
        {"drill.jsonc", "cannot read 'drill.jsonc': No such file or directory"},
        {DRILLS_FOLDER, "cannot read '" DRILLS_FOLDER "': Is a directory"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *path = NULL;
        struct cog_error error = {0};

        enum cog_code code =
            scn_drill_catalogue_find_in(DRILLS_FOLDER, rows[i].word, &path, &error);

        EXPECT_INT(code, COG_ERROR_STORAGE);
        EXPECT_STR(error.message, rows[i].message);
    }
}
