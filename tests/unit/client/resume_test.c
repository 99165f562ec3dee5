#include <cogpromote/promote.h>

#include "journal.h"
#include "support/expect.h"
#include "support/scripted_transport.h"

#include <cogpromote/lock.h>
#include <cogpromote/run.h>

#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

TestSuite(resume, .timeout = 5.0);

static const char API_BASE[] = "https://tenant.example/api/v1";

/* A client on a storage to which something happens just before a lock is taken. */
struct bench {
    struct scripted_transport server;
    struct cog_config config;
    struct cog_clock_virtual clock;
    struct cog_random_seeded random;
    struct cog_storage_memory memory;
    const struct cog_course *left_meanwhile; /* By another process; NULL: nothing happens. */
    struct cog_client *client;
};

static struct cog_journal journal_of(struct bench *bench, const struct cog_course *course)
{
    struct cog_journal journal = {
        .storage = cog_storage_memory(&bench->memory),
        .clock = cog_clock_virtual(&bench->clock),
    };
    cog_journal_name(course->report.run_id, course->report.started_unix_ms, journal.name);
    return journal;
}

/* A run that somebody has left in `state`; change what matters before `leave`. */
static struct cog_course course_in(enum cog_state state, const char *run_id)
{
    const struct cog_promotion_request request = {
        .source_environment_id = "env-a",
        .target_environment_id = "env-b",
        .platform_version = "v1.18.0",
    };
    struct cog_course course = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_course_init(&request, API_BASE, &course, &error), COG_OK, error);
    (void)snprintf(course.report.run_id, sizeof course.report.run_id, "%s", run_id);
    course.state = state;
    return course;
}

static void ended_as(struct cog_course *course, enum cog_outcome outcome,
                     enum cog_target_state target)
{
    course->last_state = course->state;
    course->state = COG_STATE_END;
    course->report.outcome = outcome;
    course->report.target = target;
    course->ending_count = 1;
    course->is_audited = true;
    course->is_closed = true;
}

static void leave(struct bench *bench, const struct cog_course *course)
{
    const struct cog_journal journal = journal_of(bench, course);
    struct cog_error error = {0};
    ASSERT_CODE(cog_journal_write(&journal, "left", course, &error), COG_OK, error);
}

static enum cog_code update(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct bench *bench = context;
    if (bench->left_meanwhile != NULL) {
        leave(bench, bench->left_meanwhile);
        bench->left_meanwhile = NULL;
    }
    return cog_storage_update(cog_storage_memory(&bench->memory), name, composer, error);
}

static enum cog_code append(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    struct bench *bench = context;
    return cog_storage_append(cog_storage_memory(&bench->memory), name, composer, error);
}

static enum cog_code read_whole(void *context, const char *name, char **out_bytes,
                                size_t *out_length, struct cog_error *error)
{
    struct bench *bench = context;
    return cog_storage_read(cog_storage_memory(&bench->memory), name, out_bytes, out_length, error);
}

static enum cog_code list(void *context, const char *folder, struct cog_storage_names *out_names,
                          struct cog_error *error)
{
    struct bench *bench = context;
    return cog_storage_list(cog_storage_memory(&bench->memory), folder, out_names, error);
}

static enum cog_code probe(void *context, const char *name, struct cog_error *error)
{
    struct bench *bench = context;
    return cog_storage_probe(cog_storage_memory(&bench->memory), name, error);
}

static void identify(void *context, struct cog_holder *out_holder)
{
    struct bench *bench = context;
    cog_storage_identify(cog_storage_memory(&bench->memory), out_holder);
}

static enum cog_holder_life ask_life(void *context, const struct cog_holder *holder)
{
    struct bench *bench = context;
    return cog_storage_ask_life(cog_storage_memory(&bench->memory), holder);
}

static struct cog_storage storage_of(struct bench *bench)
{
    static const struct cog_storage_ops ops = {
        .append = append,
        .update = update,
        .read = read_whole,
        .list = list,
        .probe = probe,
        .identify = identify,
        .ask_life = ask_life,
    };
    return (struct cog_storage){.ops = &ops, .context = bench};
}

static void bench_init(struct bench *bench)
{
    static const char *const rows[][2] = {
        {"api-base", API_BASE}, {"client-id", "id"}, {"client-secret", "s"},
        {"source", "env-a"},    {"target", "env-b"},
    };
    struct cog_error error = {0};
    ASSERT_CODE(cog_config_init(&bench->config, &error), COG_OK, error);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ASSERT_CODE(cog_config_set(&bench->config, rows[i][0], rows[i][1], &error), COG_OK, error);
    }
    cog_clock_virtual_init(&bench->clock, 1000);
    cog_random_seeded_init(&bench->random, 1);
    (void)snprintf(bench->memory.self.host, sizeof bench->memory.self.host, "host");
    bench->memory.self.pid = 1;
    const struct cog_seams seams = {
        .transport = scripted_transport(&bench->server),
        .clock = cog_clock_virtual(&bench->clock),
        .random = cog_random_seeded(&bench->random),
        .storage = storage_of(bench),
    };
    ASSERT_CODE(cog_client_create(&bench->config, &seams, &bench->client, &error), COG_OK, error);
}

static void bench_finish(struct bench *bench)
{
    cog_client_destroy(bench->client);
    cog_config_finish(&bench->config);
    cog_storage_memory_finish(&bench->memory);
}

Test(resume, goes_by_what_the_journal_says_once_the_lock_is_taken)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    const struct cog_course left = course_in(COG_STATE_BASELINE, "run-1");
    leave(&bench, &left);
    struct cog_course done = course_in(COG_STATE_VERIFY, "run-1");
    (void)snprintf(done.report.job_id, sizeof done.report.job_id, "job-1");
    ended_as(&done, COG_OUTCOME_PROMOTED, COG_TARGET_NEW);
    bench.left_meanwhile = &done;
    struct cog_report report = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_resume(bench.client, "run-1", (struct cog_watch){0}, &report, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.server.request_count, 0);
    EXPECT_STR(report.job_id, "job-1");
    struct cog_lock lock = {0};
    ASSERT_CODE(cog_lock_read(storage_of(&bench), "env-b", &lock, &error), COG_OK, error);
    EXPECT_INT(lock.state, COG_LOCK_FREE);
}

Test(resume, leaves_a_run_alone_that_another_thread_of_this_process_has_locked)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    const struct cog_course left = course_in(COG_STATE_BASELINE, "run-1");
    leave(&bench, &left);
    const struct cog_lock_claim claim = {"env-b", "run-1", "somebody", NULL};
    struct cog_lock lock = {0};
    struct cog_error error = {0};
    ASSERT_CODE(
        cog_lock_take(storage_of(&bench), cog_clock_virtual(&bench.clock), &claim, &lock, &error),
        COG_OK, error);
    struct cog_report report = {0};

    enum cog_code code = cog_resume(bench.client, "run-1", (struct cog_watch){0}, &report, &error);

    ASSERT_CODE(code, COG_ERROR_CONFLICT, error);
    EXPECT_CONTAINS(error.message, "at work");
    EXPECT_INT(bench.server.request_count, 0);
    ASSERT_CODE(cog_lock_read(storage_of(&bench), "env-b", &lock, &error), COG_OK, error);
    EXPECT_STR(lock.run_id, "run-1");
}

static const struct cog_holder NEIGHBOUR = {.host = "host", .pid = 7};

Test(resume, leaves_a_run_alone_whose_process_lives_and_has_no_lock_yet)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    bench.memory.living = &NEIGHBOUR;
    bench.memory.living_count = 1;
    struct cog_course left = course_in(COG_STATE_LOCK, "run-1");
    left.holder = NEIGHBOUR;
    leave(&bench, &left);
    struct cog_report report = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_resume(bench.client, "run-1", (struct cog_watch){0}, &report, &error);

    ASSERT_CODE(code, COG_ERROR_CONFLICT, error);
    EXPECT_CONTAINS(error.message, "process 7");
    EXPECT_INT(bench.server.request_count, 0);
    code = cog_resume(bench.client, NULL, (struct cog_watch){0}, &report, &error);
    ASSERT_CODE(code, COG_ERROR_NOT_FOUND, error);
}

Test(run_list, calls_nobody_dead_whose_process_lives_or_may_live)
{
    static const struct cog_holder elsewhere = {.host = "other", .pid = 7};
    const struct {
        struct cog_holder holder;
        bool is_locked;
        const char *standing;
    } rows[] = {
        {NEIGHBOUR, false, "running"},
        {{.host = "host", .pid = 8}, false, "dead"},
        {elsewhere, true, "elsewhere"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench = {0};
        bench_init(&bench);
        bench.memory.living = &NEIGHBOUR;
        bench.memory.living_count = 1;
        struct cog_course left = course_in(COG_STATE_LOCK, "run-1");
        left.holder = rows[i].holder;
        leave(&bench, &left);
        struct cog_error error = {0};
        if (rows[i].is_locked) {
            const struct cog_lock_claim claim = {"env-b", "run-1", "somebody", NULL};
            const struct cog_holder self = bench.memory.self;
            struct cog_lock lock = {0};
            bench.memory.self = rows[i].holder;
            ASSERT_CODE(cog_lock_take(storage_of(&bench), cog_clock_virtual(&bench.clock), &claim,
                                      &lock, &error),
                        COG_OK, error);
            bench.memory.self = self;
        }

        COG_CLEANUP(cog_run_list_finish) struct cog_run_list runs = {0};
        ASSERT_CODE(cog_run_list_read(storage_of(&bench), &runs, &error), COG_OK, error);
        COG_CLEANUP(cog_string_finish) char *text = NULL;
        ASSERT_CODE(cog_run_list_format_text(&runs, &text, &error), COG_OK, error);

        EXPECT_CONTAINS(text, rows[i].standing);
        EXPECT_INT(runs.items[0].is_resumable, i > 0);
    }
}

Test(rollback_by_hand, is_refused_for_a_target_that_is_not_the_jobs_own)
{
    const struct {
        const char *api_base;
        enum cog_outcome outcome;
        size_t request_count;
    } rows[] = {
        {API_BASE, COG_OUTCOME_USAGE, 0},
        {"https://another.example", COG_OUTCOME_INTERNAL, 1}, /* Its job of the same name. */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench = {0};
        bench_init(&bench);
        struct cog_course made = course_in(COG_STATE_VERIFY, "run-1");
        (void)snprintf(made.report.job_id, sizeof made.report.job_id, "job-1");
        (void)snprintf(made.api_base, sizeof made.api_base, "%s", rows[i].api_base);
        ended_as(&made, COG_OUTCOME_PROMOTED, COG_TARGET_NEW);
        leave(&bench, &made);
        struct cog_report report = {0};

        cog_roll_back_job(bench.client, "job-1", "env-c", (struct cog_watch){0}, &report);

        EXPECT_STR(cog_outcome_name(report.outcome), cog_outcome_name(rows[i].outcome));
        EXPECT_INT(bench.server.request_count, rows[i].request_count);
        if (i == 0) {
            EXPECT_CONTAINS(report.reason, "'env-b'");
        }
    }
}

Test(resume, takes_back_that_a_promotion_was_undelivered_once_it_is_told)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    struct cog_course left = course_in(COG_STATE_VERIFY, "run-1");
    (void)snprintf(left.report.job_id, sizeof left.report.job_id, "job-1");
    ended_as(&left, COG_OUTCOME_UNDELIVERED, COG_TARGET_NEW);
    left.is_audited = false;
    leave(&bench, &left);
    struct cog_report report = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_resume(bench.client, "run-1", (struct cog_watch){0}, &report, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(cog_outcome_name(report.outcome), "promoted");
    EXPECT_INT(report.audit_is_written, true);
}

/* A run that ended as unknown, and a second later another one with the same target. */
static void leave_both(struct bench *bench, enum cog_outcome outcome, enum cog_target_state target)
{
    struct cog_course first = course_in(COG_STATE_SETTLE, "run-1");
    first.promote_is_open = true;
    ended_as(&first, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN);
    leave(bench, &first);
    bench->clock.now_ms += 1000;
    struct cog_course second = course_in(COG_STATE_VERIFY, "run-2");
    (void)snprintf(second.report.job_id, sizeof second.report.job_id, "job-2");
    ended_as(&second, outcome, target);
    leave(bench, &second);
}

Test(resume, does_not_touch_what_another_run_has_promoted_since)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    leave_both(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW);
    static const char *const asked[] = {"run-1", NULL};
    for (size_t i = 0; i < 2; i++) {
        struct cog_report report = {0};
        struct cog_error error = {0};

        enum cog_code code =
            cog_resume(bench.client, asked[i], (struct cog_watch){0}, &report, &error);

        ASSERT_CODE(code, COG_ERROR_NOT_FOUND, error);
        EXPECT_CONTAINS(error.message, i == 0 ? "run-2 has promoted into 'env-b' since" : "no run");
        EXPECT_INT(bench.server.request_count, 0);
    }
}

Test(resume, goes_on_when_the_run_since_has_left_the_target_as_it_found_it)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    leave_both(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED);
    struct cog_report report = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_resume(bench.client, NULL, (struct cog_watch){0}, &report, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(report.run_id, "run-1");
}

/* Its process died of a second signal, with the end of the first one noted and not told. */
static struct cog_course interrupted_in(enum cog_state state, const char *run_id)
{
    struct cog_course course = course_in(state, run_id);
    (void)snprintf(course.report.job_id, sizeof course.report.job_id, "job-1");
    memcpy(course.job.job_id, course.report.job_id, sizeof course.job.job_id);
    ended_as(&course, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNKNOWN);
    course.is_decided = true;
    course.is_audited = false;
    course.is_closed = false;
    return course;
}

Test(resume, tells_an_interruption_that_was_cut_off_and_takes_the_run_up)
{
    static const struct {
        enum cog_state state;
        bool is_by_hand;
    } rows[] = {
        {COG_STATE_FOLLOW, false},
        {COG_STATE_INSPECT, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench = {0};
        bench_init(&bench);
        struct cog_course left = interrupted_in(rows[i].state, "run-1");
        left.is_by_hand = rows[i].is_by_hand;
        leave(&bench, &left);
        struct cog_report report = {0};
        struct cog_error error = {0};

        enum cog_code code = cog_resume(bench.client, NULL, (struct cog_watch){0}, &report, &error);

        ASSERT_CODE(code, COG_OK, error);
        cr_expect(report.outcome != COG_OUTCOME_INTERRUPTED, "row %zu", i);
        cr_expect(bench.server.request_count > 0, "row %zu", i);
        EXPECT_INT(report.audit_sequence, 2);
    }
}

Test(resume, takes_up_what_was_decided_to_be_an_interruption_before_its_end)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    struct cog_course left = interrupted_in(COG_STATE_FOLLOW, "run-1");
    left.state = COG_STATE_FOLLOW;
    left.ending_count = 0;
    leave(&bench, &left);
    struct cog_report report = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_resume(bench.client, NULL, (struct cog_watch){0}, &report, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_expect(report.outcome != COG_OUTCOME_INTERRUPTED);
}

Test(resume, tells_an_interruption_and_leaves_alone_what_another_run_has_promoted_since)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    const struct cog_course first = interrupted_in(COG_STATE_FOLLOW, "run-1");
    leave(&bench, &first);
    bench.clock.now_ms += 1000;
    struct cog_course second = course_in(COG_STATE_VERIFY, "run-2");
    (void)snprintf(second.report.job_id, sizeof second.report.job_id, "job-2");
    ended_as(&second, COG_OUTCOME_PROMOTED, COG_TARGET_NEW);
    leave(&bench, &second);
    for (size_t i = 0; i < 2; i++) {
        struct cog_report report = {0};
        struct cog_error error = {0};
        bench.clock.now_ms += 1000;

        enum cog_code code =
            cog_resume(bench.client, "run-1", (struct cog_watch){0}, &report, &error);

        ASSERT_CODE(code, COG_ERROR_NOT_FOUND, error);
        EXPECT_CONTAINS(error.message, "run-2 has promoted into 'env-b' since");
        EXPECT_INT(bench.server.request_count, 0);
    }
}

Test(resume, remembers_who_has_promoted_since_when_it_tells_an_end_that_is_not_the_last_word)
{
    COG_CLEANUP(bench_finish) struct bench bench = {0};
    bench_init(&bench);
    struct cog_course first = interrupted_in(COG_STATE_FOLLOW, "run-1");
    first.report.outcome = COG_OUTCOME_UNKNOWN;
    leave(&bench, &first);
    bench.clock.now_ms += 1000;
    struct cog_course second = course_in(COG_STATE_VERIFY, "run-2");
    (void)snprintf(second.report.job_id, sizeof second.report.job_id, "job-2");
    ended_as(&second, COG_OUTCOME_PROMOTED, COG_TARGET_NEW);
    leave(&bench, &second);
    bench.clock.now_ms += 1000;
    struct cog_report report = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_resume(bench.client, "run-1", (struct cog_watch){0}, &report, &error), COG_OK,
                error);

    enum cog_code code = cog_resume(bench.client, "run-1", (struct cog_watch){0}, &report, &error);

    ASSERT_CODE(code, COG_ERROR_NOT_FOUND, error);
    EXPECT_INT(report.is_resumable, false);
    EXPECT_INT(bench.server.request_count, 0);
}
