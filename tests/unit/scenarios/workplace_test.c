#include "drill/guided/workplace.h"

#include "../base/folder.h"
#include "drill/guided/blow.h"
#include "drill/guided/order.h"
#include "support/expect.h"

#include <cogbase/text.h>
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(workplace, .timeout = 10.0);

/* A folder with a drill in it. */
struct place {
    char folder[FOLDER_PATH_SIZE];
    struct scn_workplace workplace;
};

static void place_init(struct place *place)
{
    struct cog_error error = {0};
    folder_enter(place->folder);
    ASSERT_CODE(scn_workplace_take(place->folder, &place->workplace, &error), COG_OK, error);
}

static void tell(struct place *place, const char *phase, int64_t pid)
{
    const struct scn_workplace_result result = {.phase = phase, .reason = "", .pid = pid};
    struct cog_error error = {0};
    ASSERT_CODE(scn_workplace_tell(&place->workplace, &result, &error), COG_OK, error);
}

Test(workplace, refuses_a_folder_in_which_a_drill_runs)
{
    struct place place;
    struct scn_workplace again = {0};
    struct cog_error error = {0};
    place_init(&place);
    tell(&place, "running", getpid());

    const enum cog_code code = scn_workplace_take(place.folder, &again, &error);

    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_CONTAINS(error.message, "a drill runs in");
    folder_leave(place.folder);
}

Test(workplace, refuses_a_folder_whose_drill_was_aborted)
{
    struct place place;
    struct scn_workplace again = {0};
    struct cog_error error = {0};
    place_init(&place);
    tell(&place, "aborted", getpid());

    const enum cog_code code = scn_workplace_take(place.folder, &again, &error);

    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_CONTAINS(error.message, "(aborted)");
    EXPECT_CONTAINS(error.message, "--into");
    folder_leave(place.folder);
}

Test(workplace, refuses_a_folder_whose_conductor_died)
{
    struct place place;
    struct scn_workplace again = {0};
    struct cog_error error = {0};
    place_init(&place);
    tell(&place, "running", INT32_MAX);

    const enum cog_code code = scn_workplace_take(place.folder, &again, &error);

    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_CONTAINS(error.message, "a drill was held in");
    folder_leave(place.folder);
}

Test(workplace, keeps_its_files_to_itself)
{
    struct place place;
    struct stat status = {0};
    struct cog_error error = {0};
    place_init(&place);

    ASSERT_CODE(scn_workplace_write(&place.workplace, "control-token", "t", &error), COG_OK, error);
    ASSERT_CODE(scn_workplace_write_program(&place.workplace, "tool", "#!/bin/sh\n", &error),
                COG_OK, error);

    cr_assert(stat("control-token", &status) == 0);
    EXPECT_INT(status.st_mode & 0777, 0600);
    cr_assert(stat("bin/tool", &status) == 0);
    EXPECT_INT(status.st_mode & 0777, 0700);
    folder_leave(place.folder);
}

Test(workplace, notices_that_its_folder_is_gone)
{
    struct place place;
    place_init(&place);
    tell(&place, "running", getpid());

    const bool was_there = scn_workplace_is_there(&place.workplace);
    cr_assert(remove("result.json") == 0);

    cr_expect(was_there);
    cr_expect(!scn_workplace_is_there(&place.workplace));
    folder_leave(place.folder);
}

Test(workplace, hands_orders_on_one_by_one_and_once)
{
    struct place place;
    struct scn_order_reader reader = {0};
    struct scn_order_entry entry = {0};
    struct cog_error error = {0};
    bool is_found = false;
    place_init(&place);
    ASSERT_CODE(scn_workplace_append(&place.workplace, "orders",
                                     "1-1 hint\nnonsense\n\n2-2 done\n3-3 ab", &error),
                COG_OK, error);

    ASSERT_CODE(scn_order_take(&place.workplace, &reader, &entry, &is_found, &error), COG_OK,
                error);
    EXPECT_STR(entry.word, "hint");
    ASSERT_CODE(scn_order_take(&place.workplace, &reader, &entry, &is_found, &error), COG_OK,
                error);
    EXPECT_STR(entry.id, "2-2");
    EXPECT_STR(entry.word, "done");
    ASSERT_CODE(scn_order_take(&place.workplace, &reader, &entry, &is_found, &error), COG_OK,
                error);
    cr_expect(!is_found, "the last line is not whole yet");
    folder_leave(place.folder);
}

static void write_lock(struct scn_workplace *workplace, const char *text)
{
    struct cog_error error = {0};
    cr_assert(mkdir("state", 0700) == 0);
    struct scn_workplace state = scn_workplace_of("state");
    (void)workplace;
    ASSERT_CODE(scn_workplace_write(&state, "locks/x.json", text, &error), COG_OK, error);
}

Test(workplace, moves_a_lock_to_a_machine_that_is_gone)
{
    struct place place;
    struct cog_error error = {0};
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    place_init(&place);
    write_lock(&place.workplace, "{\"actor\":\"me\",\"host\":\"vm\",\"pid\":7}\n");

    ASSERT_CODE(scn_blow_move(&place.workplace, &error), COG_OK, error);

    struct scn_workplace state = scn_workplace_of("state");
    ASSERT_CODE(
        cog_storage_read(scn_workplace_storage(&state), "locks/x.json", &text, &length, &error),
        COG_OK, error);
    EXPECT_STR(text, "{\"actor\":\"me\",\"host\":\"vm-is-gone\",\"pid\":7}\n");
    folder_leave(place.folder);
}

Test(workplace, moves_nothing_where_there_is_no_lock)
{
    struct place place;
    struct cog_error error = {0};
    place_init(&place);

    ASSERT_CODE(scn_blow_move(&place.workplace, &error), COG_OK, error);

    folder_leave(place.folder);
}
