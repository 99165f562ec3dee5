/* The file from which an interrupted search goes on. */
#include "explore/search/ledger.h"

#include "support/expect.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

TestSuite(ledger, .timeout = 10.0);

enum { PATH_SIZE = 64 };

struct bench {
    char path[PATH_SIZE];
    struct scn_ledger ledger;
    struct cog_error error;
};

static void bench_init(struct bench *bench)
{
    *bench = (struct bench){.path = "/tmp/ledger_test.XXXXXX"};
    const int descriptor = mkstemp(bench->path);
    cr_assert(descriptor >= 0);
    (void)close(descriptor);
}

static void bench_finish(struct bench *bench)
{
    scn_ledger_finish(&bench->ledger);
    (void)unlink(bench->path);
}

static void write_file(const struct bench *bench, const char *text)
{
    FILE *stream = fopen(bench->path, "w");
    cr_assert(stream != NULL && fputs(text, stream) >= 0);
    cr_assert(fclose(stream) == 0);
}

static void expect_file(const struct bench *bench, const char *text)
{
    char found[1024] = "";
    FILE *stream = fopen(bench->path, "r");
    cr_assert(stream != NULL);
    found[fread(found, 1, sizeof found - 1, stream)] = '\0';
    (void)fclose(stream);
    EXPECT_STR(found, text);
}

static enum cog_code open_ledger(struct bench *bench, const char *identity, bool resumes)
{
    return scn_ledger_open(bench->path, identity, resumes, &bench->ledger, &bench->error);
}

static void append(struct bench *bench, const char *key, const char *text)
{
    cr_assert(scn_ledger_append(&bench->ledger, key, text, strlen(text), &bench->error) == COG_OK);
}

static void expect_text(const struct bench *bench, const char *key, const char *text)
{
    const char *found = scn_ledger_find(&bench->ledger, key);
    EXPECT_STR(found != NULL ? found : "(none)", text);
}

Test(ledger, resumes_with_what_was_kept)
{
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench);
    ASSERT_CODE(open_ledger(&bench, "me", false), COG_OK, bench.error);
    append(&bench, "z", "{\"z\":1}");
    append(&bench, "a", "{\"a\":1}");
    scn_ledger_finish(&bench.ledger);

    ASSERT_CODE(open_ledger(&bench, "me", true), COG_OK, bench.error);

    EXPECT_INT(bench.ledger.count, 2);
    expect_text(&bench, "z", "{\"z\":1}");
    expect_text(&bench, "a", "{\"a\":1}");
    expect_text(&bench, "b", "(none)");
    append(&bench, "m", "{}");
    expect_file(&bench, "cogdrill exploration state 1: me\nz\t{\"z\":1}\na\t{\"a\":1}\nm\t{}\n");
}

Test(ledger, keeps_what_was_written_without_being_finished)
{
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench);
    ASSERT_CODE(open_ledger(&bench, "me", false), COG_OK, bench.error);

    append(&bench, "a", "{}");

    expect_file(&bench, "cogdrill exploration state 1: me\na\t{}\n");
}

Test(ledger, drops_a_last_line_that_was_not_brought_to_its_end)
{
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench);
    write_file(&bench, "cogdrill exploration state 1: me\na\t{}\nb\t{\"half");

    ASSERT_CODE(open_ledger(&bench, "me", true), COG_OK, bench.error);

    EXPECT_INT(bench.ledger.count, 1);
    expect_text(&bench, "b", "(none)");
    append(&bench, "c", "{}");
    expect_file(&bench, "cogdrill exploration state 1: me\na\t{}\nc\t{}\n");
}

Test(ledger, begins_anew_unless_it_resumes)
{
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench);
    write_file(&bench, "cogdrill exploration state 1: me\na\t{}\n");

    ASSERT_CODE(open_ledger(&bench, "me", false), COG_OK, bench.error);

    EXPECT_INT(bench.ledger.count, 0);
    append(&bench, "b", "{}");
    expect_file(&bench, "cogdrill exploration state 1: me\nb\t{}\n");
}

Test(ledger, refuses_what_is_none_and_leaves_it_as_it_was)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"", "is no state of an exploration"},
        {"{\"name\": \"a scenario\"}\n", "is no state of an exploration"},
        {"cogdrill exploration state 1: m", "is no state of an exploration"},
        {"cogdrill exploration state 2: me\na\t{}\n", "is no state of an exploration"},
        {"cogdrill exploration state 1: you\na\t{}\n", "is the state of another exploration"},
        {"cogdrill exploration state 1: me2\na\t{}\n", "is the state of another exploration"},
        {"cogdrill exploration state 1: me\na\t{}\nb {}\n", "line 3 tells of no task"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench;
        bench_init(&bench);
        write_file(&bench, rows[i].text);

        const enum cog_code code = open_ledger(&bench, "me", true);

        cr_expect(code == COG_ERROR_SYNTAX, "row %zu: %d", i, (int)code);
        EXPECT_CONTAINS(bench.error.message, rows[i].message);
        EXPECT_CONTAINS(bench.error.message, bench.path);
        expect_file(&bench, rows[i].text);
    }
}

Test(ledger, names_a_file_that_is_not_there)
{
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench);
    (void)unlink(bench.path);

    const enum cog_code code = open_ledger(&bench, "me", true);

    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_CONTAINS(bench.error.message, "cannot go on from '/tmp/ledger_test.");
}

Test(ledger, keeps_nothing_without_a_path)
{
    COG_CLEANUP(scn_ledger_finish) struct scn_ledger ledger = {0};
    struct cog_error error = {0};

    ASSERT_CODE(scn_ledger_open(NULL, "me", false, &ledger, &error), COG_OK, error);
    ASSERT_CODE(scn_ledger_append(&ledger, "a", "{}", 2, &error), COG_OK, error);

    cr_expect(scn_ledger_find(&ledger, "a") == NULL);
}

Test(ledger, says_that_it_cannot_write)
{
    COG_CLEANUP(scn_ledger_finish) struct scn_ledger ledger = {0};
    struct cog_error error = {0};

    const enum cog_code code = scn_ledger_open("/dev/null/x", "me", false, &ledger, &error);

    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_CONTAINS(error.message, "cannot write '/dev/null/x'");
    ASSERT_CODE(scn_ledger_open("/dev/full", "me", false, &ledger, &error), COG_OK, error);
    EXPECT_INT(scn_ledger_append(&ledger, "a", "{}", 2, &error), COG_ERROR_STORAGE);
    EXPECT_CONTAINS(error.message, "cannot keep the state");
}
