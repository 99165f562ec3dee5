/* Many scenarios at a time, in processes of their own: what they write, and what may go wrong. */
#include "session/session.h"

#include "../base/folder.h"
#include "support/expect.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(session, .timeout = 60.0);

enum { NAMES_MAX = 200, STALL_MS = 300 };

/* A session over scenarios that are nothing but names, and what it wrote. */
struct bench {
    struct scn_suite suite;
    struct scn_session_options options;
    struct scn_summary summary;
    struct cog_error error;
    char *text;
    size_t size;
};

/* What a scenario's name says comes true. */
static void run_name(const struct scn_scenario *scenario, const struct scn_run_options *options,
                     struct scn_run *out_run)
{
    struct scn_run run = {.virtual_ms = (int64_t)options->seed};
    if (strcmp(scenario->name, "abort") == 0) {
        abort();
    } else if (strcmp(scenario->name, "exit") == 0) {
        exit(3);
    } else if (strcmp(scenario->name, "hang") == 0) {
        for (;;) {
            (void)pause();
        }
    } else if (strncmp(scenario->name, "fail", strlen("fail")) == 0) {
        run.verdict = SCN_FAIL;
        scn_findings_append(&run.findings, SCN_FAIL, "exit", "expected 0, got %s", scenario->name);
    }
    run.trace = strdup(scenario->name);
    *out_run = run;
}

/* The file that all of them stand in. */
static struct scn_file *file_create(void)
{
    static const char text[] = "{}";
    struct cog_document document = {0};
    struct cog_error error = {0};
    struct scn_file *file = NULL;
    ASSERT_CODE(cog_document_parse("a.jsonc", text, strlen(text), &document, &error), COG_OK,
                error);
    ASSERT_CODE(scn_file_create(&document, &file, &error), COG_OK, error);
    return file;
}

static void bench_init(struct bench *bench, const char *const *names, size_t count)
{
    *bench = (struct bench){
        .suite = {.entries = calloc(count, sizeof *bench->suite.entries), .count = count},
        .options = {.run = {.seed = 10, .repeat_count = 1},
                    .worker_count = 2,
                    .interrupt_descriptor = -1,
                    .run_scenario = run_name},
    };
    cr_assert(bench->suite.entries != NULL);
    COG_CLEANUP(scn_file_finish) struct scn_file *file = file_create();
    for (size_t i = 0; i < count; i++) {
        bench->suite.entries[i].scenario.file = scn_file_hold(file);
        bench->suite.entries[i].scenario.name = strdup(names[i]);
        bench->suite.entries[i].path = strdup("a.jsonc");
    }
}

static enum cog_code bench_run(struct bench *bench)
{
    bench->options.outputs.tap = open_memstream(&bench->text, &bench->size);
    cr_assert(bench->options.outputs.tap != NULL);
    enum cog_code code =
        scn_session_run(&bench->suite, &bench->options, &bench->summary, &bench->error);
    (void)fclose(bench->options.outputs.tap);
    return code;
}

static void bench_finish(struct bench *bench)
{
    scn_suite_finish(&bench->suite);
    free(bench->text);
}

static size_t count_members(const char *path)
{
    size_t count = 0;
    const struct dirent *member = NULL;
    DIR *folder = opendir(path);
    cr_assert(folder != NULL);
    while ((member = readdir(folder)) != NULL) {
        count += member->d_name[0] != '.' ? 1 : 0;
    }
    (void)closedir(folder);
    return count;
}

static size_t count_descriptors(void)
{
    return count_members("/proc/self/fd");
}

static void expect_no_process(void)
{
    const pid_t pid = waitpid(-1, NULL, WNOHANG);
    cr_expect(pid == -1 && errno == ECHILD, "a process is left: waitpid() returned %d", (int)pid);
}

Test(session, writes_the_same_for_any_number_of_workers)
{
    const size_t worker_counts[] = {1, 2, 7};
    const char *names[NAMES_MAX];
    COG_CLEANUP(cog_string_finish) char *first = NULL;
    for (size_t i = 0; i < NAMES_MAX; i++) {
        names[i] = i % 9 == 0 ? "fail" : "pass";
    }
    for (size_t i = 0; i < sizeof worker_counts / sizeof worker_counts[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench;
        bench_init(&bench, names, NAMES_MAX);
        bench.options.worker_count = worker_counts[i];

        ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

        EXPECT_INT(bench.summary.counts[SCN_FAIL], 23);
        EXPECT_INT(bench.summary.counts[SCN_PASS], 177);
        EXPECT_INT(bench.summary.virtual_ms, 2000);
        first = first != NULL ? first : strdup(bench.text);
        EXPECT_STR(bench.text, first);
    }
}

Test(session, loses_one_run_to_a_crash_and_no_other)
{
    const char *const names[] = {"pass", "abort", "pass 2", "exit", "abort", "pass 3"};
    for (size_t worker_count = 1; worker_count <= 3; worker_count++) {
        COG_CLEANUP(bench_finish) struct bench bench;
        bench_init(&bench, names, sizeof names / sizeof names[0]);
        bench.options.worker_count = worker_count;

        ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

        EXPECT_INT(bench.summary.counts[SCN_PASS], 3);
        EXPECT_INT(bench.summary.counts[SCN_FAIL], 3);
        EXPECT_CONTAINS(bench.text, "ok 1 - pass\nnot ok 2 - abort\n");
        EXPECT_CONTAINS(bench.text,
                        "run: the runner''s process died of signal 6 (Aborted) while it "
                        "ran this");
        EXPECT_CONTAINS(bench.text, "run: the runner''s process exited with 3 while it ran this");
        EXPECT_CONTAINS(bench.text, "ok 6 - pass 3\n");
        expect_no_process();
    }
}

Test(session, ends_a_run_that_does_not_end)
{
    const char *const names[] = {"hang", "pass", "pass 2"};
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench, names, sizeof names / sizeof names[0]);
    bench.options.stall_ms = STALL_MS;

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    EXPECT_CONTAINS(bench.text, "not ok 1 - hang\n");
    EXPECT_CONTAINS(bench.text, "run: it did not end in 300 ms of real time, and was killed");
    EXPECT_INT(bench.summary.counts[SCN_PASS], 2);
    expect_no_process();
}

Test(session, that_fails_fast_tells_the_same_whoever_was_faster)
{
    const char *const names[] = {"pass", "fail", "pass 2", "fail 2", "pass 3"};
    for (size_t worker_count = 1; worker_count <= 4; worker_count++) {
        COG_CLEANUP(bench_finish) struct bench bench;
        bench_init(&bench, names, sizeof names / sizeof names[0]);
        bench.options.is_fail_fast = true;
        bench.options.worker_count = worker_count;

        ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

        EXPECT_INT(bench.summary.counts[SCN_PASS], 1);
        EXPECT_INT(bench.summary.counts[SCN_FAIL], 1);
        EXPECT_INT(bench.summary.skipped_count, 3);
        EXPECT_CONTAINS(bench.text, "1..5\n");
        EXPECT_CONTAINS(bench.text, "ok 3 - pass 2 # SKIP not run: --fail-fast\n"
                                    "ok 4 - fail 2 # SKIP not run: --fail-fast\n"
                                    "ok 5 - pass 3 # SKIP not run: --fail-fast\n");
    }
}

/* What is behind the failure is not waited for, whoever has begun it. */
Test(session, that_fails_fast_ends_what_still_runs)
{
    const char *const names[] = {"fail", "hang", "hang", "pass"};
    for (size_t worker_count = 1; worker_count <= 3; worker_count++) {
        COG_CLEANUP(bench_finish) struct bench bench;
        bench_init(&bench, names, sizeof names / sizeof names[0]);
        bench.options.is_fail_fast = true;
        bench.options.worker_count = worker_count;

        ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

        EXPECT_INT(bench.summary.counts[SCN_FAIL], 1);
        EXPECT_INT(bench.summary.skipped_count, 3);
        expect_no_process();
    }
}

/* What is before it counts: else the number of workers would show. */
Test(session, that_fails_fast_waits_for_what_is_before_the_failure)
{
    const char *const names[] = {"hang", "fail", "pass"};
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench, names, sizeof names / sizeof names[0]);
    bench.options.is_fail_fast = true;
    bench.options.stall_ms = STALL_MS;

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    EXPECT_CONTAINS(bench.text, "not ok 1 - hang\n");
    EXPECT_CONTAINS(bench.text, "ok 2 - fail # SKIP not run: --fail-fast\n");
}

Test(session, that_is_interrupted_ends_its_workers_and_tells_what_it_knows)
{
    const char *const names[] = {"hang", "hang", "pass"};
    int ends[2];
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench, names, sizeof names / sizeof names[0]);
    cr_assert(pipe(ends) == 0);
    cr_assert(write(ends[1], "x", 1) == 1);
    bench.options.interrupt_descriptor = ends[0];

    enum cog_code code = bench_run(&bench);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, bench.error);
    EXPECT_CONTAINS(bench.text, "ok 1 - hang # SKIP not run: interrupted\n");
    EXPECT_INT(bench.summary.skipped_count, 3);
    expect_no_process();
}

Test(session, leaves_no_descriptor_open)
{
    const char *const names[] = {"pass", "abort", "hang", "fail"};
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench, names, sizeof names / sizeof names[0]);
    bench.options.stall_ms = STALL_MS;
    bench.options.worker_count = 3;
    const size_t count = count_descriptors();

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    EXPECT_INT(count_descriptors(), count);
}

Test(session, runs_nothing_when_an_output_cannot_be_written)
{
    const char *const names[] = {"pass"};
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench, names, 1);
    bench.options.outputs.junit_path = "no/such/folder/a.xml";

    enum cog_code code = bench_run(&bench);

    ASSERT_CODE(code, COG_ERROR_STORAGE, bench.error);
    EXPECT_CONTAINS(bench.error.message, "cannot write 'no/such/folder/a.xml': ");
    EXPECT_STR(bench.text, "");
}

Test(session, without_scenarios_is_an_empty_plan)
{
    COG_CLEANUP(bench_finish) struct bench bench;
    bench_init(&bench, NULL, 0);

    ASSERT_CODE(bench_run(&bench), COG_OK, bench.error);

    EXPECT_CONTAINS(bench.text, "1..0");
}

/* Half a file would pass for a whole one. */
Test(output_file, has_its_name_when_it_is_complete, .timeout = 10.0)
{
    char folder[FOLDER_PATH_SIZE];
    folder_enter(folder);
    struct cog_error error = {0};
    struct scn_output_file file = {0};
    ASSERT_CODE(scn_output_file_open("a.xml", &file, &error), COG_OK, error);
    (void)fputs("whole", file.stream);
    (void)fflush(file.stream);
    cr_expect(access("a.xml", F_OK) != 0, "it is there before its end");

    ASSERT_CODE(scn_output_file_commit(&file, &error), COG_OK, error);

    EXPECT_INT(count_members("."), 1);
    cr_expect(access("a.xml", F_OK) == 0);
    folder_leave(folder);
}

Test(output_file, that_is_given_up_leaves_what_was_there, .timeout = 10.0)
{
    char folder[FOLDER_PATH_SIZE];
    char text[8] = "";
    folder_enter(folder);
    struct cog_error error = {0};
    struct scn_output_file file = {0};
    FILE *before = fopen("a.xml", "w");
    cr_assert(before != NULL && fputs("before", before) >= 0 && fclose(before) == 0);
    ASSERT_CODE(scn_output_file_open("a.xml", &file, &error), COG_OK, error);
    (void)fputs("half", file.stream);

    scn_output_file_finish(&file);

    FILE *after = fopen("a.xml", "r");
    cr_assert(after != NULL && fgets(text, sizeof text, after) != NULL);
    (void)fclose(after);
    EXPECT_STR(text, "before");
    EXPECT_INT(count_members("."), 1);
    folder_leave(folder);
}
