/* What a run did, without what struck it: which runs have the same course. */
#include "explore/course.h"

#include "forged.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(course, .timeout = 10.0);

static struct scn_event events[] = {
    {.at_ms = 0, .exchange_count = 1, .name = "step", .fields = "name=ready"},
    {.at_ms = 0, .exchange_count = 2, .name = "request", .fields = "status=202"},
    {.at_ms = 60000, .exchange_count = 5, .name = "retry", .fields = "delay_ms=400"},
};

static void init(struct forged *world)
{
    forged_init_promoted(world);
    world->facts.events = events;
    world->facts.event_count = sizeof events / sizeof events[0];
}

static struct scn_course read(const struct forged *world)
{
    struct scn_course course = {0};
    cr_assert(scn_course_read(&world->facts, &course) == COG_OK);
    return course;
}

enum change { SAME, EXACT, ALL };

/* Compares a run with one to which something was done. */
static void expect_change(void (*change)(struct forged *world), enum change expected)
{
    struct forged world;
    init(&world);
    const struct scn_course before = read(&world);
    struct scn_event saved[sizeof events / sizeof events[0]];
    memcpy(saved, events, sizeof events);

    change(&world);
    const struct scn_course after = read(&world);

    memcpy(events, saved, sizeof events);
    EXPECT_INT(strcmp(before.exact, after.exact) != 0, expected != SAME);
    EXPECT_INT(strcmp(before.shape, after.shape) != 0, expected == ALL);
    EXPECT_STR(after.overcome, "");
}

static void change_nothing(struct forged *world)
{
    (void)world;
}

static void change_answer(struct forged *world)
{
    world->exchanges[2].status = 503;
    world->exchanges[2].fault = "status 503";
    events[1].fields = "status=503";
    events[1].at_ms += 2000;
}

Test(course, is_equal_for_equal_runs_whatever_struck_them)
{
    expect_change(change_nothing, SAME);
    expect_change(change_answer, SAME);
}

static void change_request_time(struct forged *world)
{
    world->exchanges[2].at_ms += 400;
}

static void change_event_time(struct forged *world)
{
    (void)world;
    events[2].at_ms += 400;
}

static void change_job_time(struct forged *world)
{
    world->deployments[0].ended_ms += 400;
}

static void change_end_time(struct forged *world)
{
    world->facts.elapsed_ms += 400;
}

Test(course, differs_by_times_in_exact_and_not_in_shape)
{
    expect_change(change_request_time, EXACT);
    expect_change(change_event_time, EXACT);
    expect_change(change_job_time, EXACT);
    expect_change(change_end_time, EXACT);
}

static void change_applied(struct forged *world)
{
    world->exchanges[2].applied = false;
}

static void change_attempt(struct forged *world)
{
    world->exchanges[2].attempt = 2;
}

static void change_decision(struct forged *world)
{
    (void)world;
    events[0].fields = "name=rollback";
}

static void change_job(struct forged *world)
{
    world->deployments[0].status = "failed";
}

static void change_rollbacks(struct forged *world)
{
    world->deployments[0].rollback_count++;
}

static void change_target(struct forged *world)
{
    (void)snprintf(world->facts.target.now, sizeof world->facts.target.now, "half");
}

static void change_exit(struct forged *world)
{
    world->facts.exit_code = 8;
}

Test(course, differs_by_what_was_done_and_what_came_of_it)
{
    expect_change(change_applied, ALL);
    expect_change(change_attempt, ALL);
    expect_change(change_decision, ALL);
    expect_change(change_job, ALL);
    expect_change(change_rollbacks, ALL);
    expect_change(change_target, ALL);
    expect_change(change_exit, ALL);
}

static void change_wait(struct forged *world)
{
    (void)world;
    events[2].fields = "delay_ms=900";
}

Test(course, leaves_out_what_an_event_says_that_is_no_decision)
{
    expect_change(change_wait, SAME);
}

static void read_rest(const struct forged *world, size_t index, char rest[SCN_COURSE_SIZE])
{
    cr_assert(scn_course_read_rest(&world->facts, &world->exchanges[index], rest) == COG_OK);
}

/* A call that took another attempt: behind it all is as before. */
Test(course, has_a_rest_that_begins_behind_the_last_attempt_of_a_call)
{
    struct forged clean;
    struct forged struck;
    char before[SCN_COURSE_SIZE];
    char after[SCN_COURSE_SIZE];
    forged_init_promoted(&clean);
    forged_init_promoted(&struck);
    forged_add(&clean, "metrics", 60000, 200);
    forged_add(&struck, "simulate", 61000, 200)->attempt = 2;
    forged_add(&struck, "metrics", 62000, 200);
    const struct scn_course clean_course = read(&clean);
    const struct scn_course struck_course = read(&struck);

    read_rest(&clean, 4, before);
    read_rest(&struck, 4, after);

    EXPECT_STR(after, before);
    cr_expect(strcmp(clean_course.shape, struck_course.shape) != 0);
}

Test(course, has_a_rest_that_differs_by_what_comes_behind)
{
    struct forged world;
    char before[SCN_COURSE_SIZE];
    char after[SCN_COURSE_SIZE];
    forged_init_promoted(&world);
    read_rest(&world, 2, before);

    forged_add(&world, "rollback", 61000, 202);
    read_rest(&world, 2, after);

    cr_expect(strcmp(before, after) != 0);
}
