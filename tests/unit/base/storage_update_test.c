/* The contract of the storage seam, continued: update, list, and who lives. */
#include <cogpromote/storage.h>

#include "storage_bench.h"
#include "support/expect.h"

#include <criterion/criterion.h>

#include <stdio.h>

TestSuite(storage_update, .timeout = 5.0);
TestSuite(storage_list, .timeout = 5.0);
TestSuite(storage_ask_life, .timeout = 5.0);

static void replaces_what_is_there(struct cog_storage storage)
{
    struct bench_script script = {.text = "new"};
    struct cog_error error = {0};
    EXPECT_INT(bench_update(storage, "locks/a.json", "old text"), COG_OK);

    const enum cog_code code =
        cog_storage_update(storage, "locks/a.json", bench_composer(&script), &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(script.seen, "old text");
    EXPECT_INT(script.seen_length, 8);
    bench_expect_content(storage, "locks/a.json", "new");
}

Test(storage_update, replaces_what_is_there)
{
    bench_for_each_storage(replaces_what_is_there);
}

static void shows_an_absent_file_as_empty(struct cog_storage storage)
{
    struct bench_script script = {.text = "new"};

    EXPECT_INT(cog_storage_update(storage, "a", bench_composer(&script), NULL), COG_OK);

    EXPECT_INT(script.count, 1);
    EXPECT_INT(script.seen_length, 0);
    bench_expect_content(storage, "a", "new");
}

Test(storage_update, shows_an_absent_file_as_empty)
{
    bench_for_each_storage(shows_an_absent_file_as_empty);
}

static void removes_what_becomes_empty(struct cog_storage storage)
{
    EXPECT_INT(bench_update(storage, "locks/a", "text"), COG_OK);
    EXPECT_INT(bench_update(storage, "locks/b", "text"), COG_OK);

    EXPECT_INT(bench_update(storage, "locks/a", ""), COG_OK);
    EXPECT_INT(bench_update(storage, "locks/absent", ""), COG_OK);

    bench_expect_names(storage, "locks", "b");
}

Test(storage_update, removes_what_becomes_empty)
{
    bench_for_each_storage(removes_what_becomes_empty);
}

static void leaves_the_file_without_a_text(struct cog_storage storage)
{
    EXPECT_INT(bench_update(storage, "locks/a", "text"), COG_OK);

    EXPECT_INT(bench_update(storage, "locks/a", NULL), COG_OK);
    EXPECT_INT(bench_update(storage, "locks/absent", NULL), COG_OK);

    bench_expect_content(storage, "locks/a", "text");
    bench_expect_names(storage, "locks", "a");
}

Test(storage_update, leaves_the_file_without_a_text)
{
    bench_for_each_storage(leaves_the_file_without_a_text);
}

static void changes_nothing_when_the_composer_fails(struct cog_storage storage)
{
    struct bench_script script = {.text = "new", .code = COG_ERROR_CONFLICT};
    struct cog_error error = {0};
    EXPECT_INT(bench_update(storage, "locks/a", "text"), COG_OK);

    const enum cog_code code =
        cog_storage_update(storage, "locks/a", bench_composer(&script), &error);

    EXPECT_INT(code, COG_ERROR_CONFLICT);
    EXPECT_STR(error.message, "composer refused");
    bench_expect_content(storage, "locks/a", "text");
    bench_expect_names(storage, "locks", "a");
}

Test(storage_update, changes_nothing_when_the_composer_fails)
{
    bench_for_each_storage(changes_nothing_when_the_composer_fails);
}

static void mixes_with_append(struct cog_storage storage)
{
    EXPECT_INT(bench_append(storage, "a", "one"), COG_OK);
    EXPECT_INT(bench_update(storage, "a", "two"), COG_OK);

    EXPECT_INT(bench_append(storage, "a", "three"), COG_OK);

    bench_expect_content(storage, "a", "twothree");
}

Test(storage_update, may_be_mixed_with_append)
{
    bench_for_each_storage(mixes_with_append);
}

static void lists_the_names_of_one_folder(struct cog_storage storage)
{
    static const char *const names[] = {
        "journal/b", "journal/a10", "journal/a2", "journal/B", "other/x", "journals",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        EXPECT_INT(bench_append(storage, names[i], "x"), COG_OK);
    }

    bench_expect_names(storage, "journal", "B a10 a2 b");
    bench_expect_names(storage, "other", "x");
}

Test(storage_list, gives_the_names_of_one_folder_by_their_bytes)
{
    bench_for_each_storage(lists_the_names_of_one_folder);
}

static void lists_an_absent_folder_as_empty(struct cog_storage storage)
{
    bench_expect_names(storage, "journal", "");
    EXPECT_INT(bench_append(storage, "a", "x"), COG_OK);
    bench_expect_names(storage, "journal", "");
}

Test(storage_list, gives_an_absent_folder_as_empty)
{
    bench_for_each_storage(lists_an_absent_folder_as_empty);
}

static void refuses_folders_outside(struct cog_storage storage)
{
    static const char *const folders[] = {"", ".", "..", "/", "a/b", "/etc", ".hidden", NULL};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        struct cog_storage_names names = {0};
        struct cog_error error = {0};

        EXPECT_INT(cog_storage_list(storage, folders[i], &names, &error), COG_ERROR_ARGUMENT);

        EXPECT_CONTAINS(error.message, "is not a plain folder name");
    }
}

Test(storage_list, refuses_names_that_leave_the_folder)
{
    bench_for_each_storage(refuses_folders_outside);
}

static void knows_itself(struct cog_storage storage)
{
    struct cog_holder self = {0};
    cog_storage_identify(storage, &self);
    struct cog_holder stranger = self;
    (void)snprintf(stranger.host, sizeof stranger.host, "no.such.host.example");
    struct cog_holder gone = self;
    gone.pid = INT32_MAX; /* Above what any system gives out. */

    EXPECT_INT(cog_storage_ask_life(storage, &self), COG_HOLDER_ALIVE);
    EXPECT_INT(cog_storage_ask_life(storage, &stranger), COG_HOLDER_ELSEWHERE);
    EXPECT_INT(cog_storage_ask_life(storage, &gone), COG_HOLDER_DEAD);
}

Test(storage_ask_life, tells_itself_from_the_dead_and_from_other_hosts)
{
    bench_for_each_storage(knows_itself);
}

Test(storage_ask_life, cannot_tell_without_a_storage)
{
    struct cog_holder holder = {.pid = 7};

    EXPECT_INT(cog_storage_ask_life((struct cog_storage){0}, &holder), COG_HOLDER_ELSEWHERE);
    cog_storage_identify((struct cog_storage){0}, &holder);

    EXPECT_INT(holder.pid, 0);
}
