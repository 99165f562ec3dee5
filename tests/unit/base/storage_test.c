/* The contract of the storage seam: each rule runs against every implementation. */
#include <cogpromote/storage.h>

#include "storage_bench.h"
#include "support/expect.h"

#include <criterion/criterion.h>

#include <string.h>

TestSuite(storage_append, .timeout = 5.0);
TestSuite(storage_read, .timeout = 5.0);
TestSuite(storage_probe, .timeout = 5.0);

static void appends_behind_what_is_there(struct cog_storage storage)
{
    struct bench_script script = {.text = "second\n"};
    struct cog_error error = {0};
    EXPECT_INT(bench_append(storage, "audit.jsonl", "first\n"), COG_OK);

    const enum cog_code code =
        cog_storage_append(storage, "audit.jsonl", bench_composer(&script), &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(script.seen, "first\n");
    EXPECT_INT(script.seen_length, 6);
    bench_expect_content(storage, "audit.jsonl", "first\nsecond\n");
}

Test(storage_append, adds_behind_what_is_there)
{
    bench_for_each_storage(appends_behind_what_is_there);
}

static void shows_an_empty_file_first(struct cog_storage storage)
{
    struct bench_script script = {.text = "x"};
    struct cog_error error = {0};

    const enum cog_code code = cog_storage_append(storage, "new", bench_composer(&script), &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(script.seen, "");
    EXPECT_INT(script.count, 1);
}

Test(storage_append, shows_a_new_file_as_empty)
{
    bench_for_each_storage(shows_an_empty_file_first);
}

static void shows_the_tail(struct cog_storage storage)
{
    static const struct {
        size_t tail_length;
        const char *seen;
    } rows[] = {{1, "\n"}, {3, "st\n"}, {6, "first\n"}, {7, "first\n"}, {0, "first\n"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench_script script = {.text = "next\n"};
        struct cog_storage_composer composer = bench_composer(&script);
        struct cog_error error = {0};
        composer.tail_length = rows[i].tail_length;
        EXPECT_INT(bench_update(storage, "a", "first\n"), COG_OK);

        enum cog_code code = cog_storage_append(storage, "a", composer, &error);

        ASSERT_CODE(code, COG_OK, error);
        EXPECT_STR(script.seen, rows[i].seen);
        EXPECT_INT(script.seen_length, strlen(rows[i].seen));
        bench_expect_content(storage, "a", "first\nnext\n");
    }
}

Test(storage_append, shows_no_more_of_the_end_than_is_asked_for)
{
    bench_for_each_storage(shows_the_tail);
}

static void shows_all(struct cog_storage storage)
{
    struct bench_script script = {.text = "second\n"};
    struct cog_storage_composer composer = bench_composer(&script);
    struct cog_error error = {0};
    composer.tail_length = 1;
    EXPECT_INT(bench_append(storage, "a", "first\n"), COG_OK);

    ASSERT_CODE(cog_storage_update(storage, "a", composer, &error), COG_OK, error);

    EXPECT_STR(script.seen, "first\n");
    bench_expect_content(storage, "a", "second\n");
}

Test(storage_append, is_the_only_one_that_shows_less_than_all)
{
    bench_for_each_storage(shows_all);
}

static void changes_nothing_when_the_composer_fails(struct cog_storage storage)
{
    struct bench_script script = {.code = COG_ERROR_SYNTAX};
    struct cog_error error = {0};
    EXPECT_INT(bench_append(storage, "audit.jsonl", "first\n"), COG_OK);

    const enum cog_code code =
        cog_storage_append(storage, "audit.jsonl", bench_composer(&script), &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "composer refused");
    bench_expect_content(storage, "audit.jsonl", "first\n");
}

Test(storage_append, changes_nothing_when_the_composer_fails)
{
    bench_for_each_storage(changes_nothing_when_the_composer_fails);
}

static void keeps_files_apart(struct cog_storage storage)
{
    EXPECT_INT(bench_append(storage, "a", "one"), COG_OK);

    EXPECT_INT(bench_append(storage, "b", "two"), COG_OK);

    bench_expect_content(storage, "a", "one");
    bench_expect_content(storage, "b", "two");
}

Test(storage_append, keeps_files_apart)
{
    bench_for_each_storage(keeps_files_apart);
}

static void takes_a_folder_in_front(struct cog_storage storage)
{
    EXPECT_INT(bench_append(storage, "journal/a", "one"), COG_OK);

    EXPECT_INT(bench_append(storage, "journal/a", "two"), COG_OK);

    bench_expect_content(storage, "journal/a", "onetwo");
    bench_expect_content(storage, "a", "");
}

Test(storage_append, takes_a_folder_in_front)
{
    bench_for_each_storage(takes_a_folder_in_front);
}

static void takes_an_empty_addition(struct cog_storage storage)
{
    EXPECT_INT(bench_append(storage, "a", ""), COG_OK);

    bench_expect_content(storage, "a", "");
}

Test(storage_append, takes_an_empty_addition)
{
    bench_for_each_storage(takes_an_empty_addition);
}

static void refuses_names_that_leave_the_folder(struct cog_storage storage)
{
    static const char *const names[] = {"",     ".",  "..", "a/b/c", "/etc/passwd", "../x", "a/..",
                                        "a//b", "a/", ".a", ".a/b",  "a/.b",        NULL};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bench_script script = {.text = "x"};
        char *bytes = NULL;
        size_t length = 0;
        struct cog_error error = {0};

        EXPECT_INT(cog_storage_append(storage, names[i], bench_composer(&script), &error),
                   COG_ERROR_ARGUMENT);
        EXPECT_INT(cog_storage_update(storage, names[i], bench_composer(&script), NULL),
                   COG_ERROR_ARGUMENT);
        EXPECT_INT(cog_storage_read(storage, names[i], &bytes, &length, NULL), COG_ERROR_ARGUMENT);
        EXPECT_INT(cog_storage_probe(storage, names[i], NULL), COG_ERROR_ARGUMENT);

        EXPECT_CONTAINS(error.message, "is not a plain file name");
        EXPECT_INT(script.count, 0);
    }
}

Test(storage_append, refuses_names_that_leave_the_folder)
{
    bench_for_each_storage(refuses_names_that_leave_the_folder);
}

static void reads_a_missing_file_as_empty(struct cog_storage storage)
{
    bench_expect_content(storage, "absent", "");
}

Test(storage_read, gives_a_missing_file_as_empty)
{
    bench_for_each_storage(reads_a_missing_file_as_empty);
}

static void probes_well_and_changes_nothing(struct cog_storage storage)
{
    struct cog_error error = {0};

    ASSERT_CODE(cog_storage_probe(storage, "audit.jsonl", &error), COG_OK, error);

    EXPECT_INT(bench_append(storage, "audit.jsonl", "x"), COG_OK);
    ASSERT_CODE(cog_storage_probe(storage, "audit.jsonl", &error), COG_OK, error);
    bench_expect_content(storage, "audit.jsonl", "x");
}

Test(storage_probe, says_that_append_will_work)
{
    bench_for_each_storage(probes_well_and_changes_nothing);
}

static void refuses_missing_parts(struct cog_storage storage)
{
    char *bytes = NULL;
    size_t length = 0;
    struct bench_script script = {.text = "x"};
    const struct cog_storage none = {0};
    struct cog_storage_names list = {0};

    EXPECT_INT(cog_storage_append(none, "a", bench_composer(&script), NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_read(none, "a", &bytes, &length, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_probe(none, "a", NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_append(storage, "a", (struct cog_storage_composer){0}, NULL),
               COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_update(none, "a", bench_composer(&script), NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_update(storage, "a", (struct cog_storage_composer){0}, NULL),
               COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_list(none, "a", &list, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_list(storage, "a", NULL, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_read(storage, "a", NULL, &length, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_read(storage, "a", &bytes, NULL, NULL), COG_ERROR_ARGUMENT);
}

Test(storage_append, refuses_missing_parts)
{
    bench_for_each_storage(refuses_missing_parts);
}
