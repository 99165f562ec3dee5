/* Two who take turns, by virtual time and a schedule. */
#include "simulation/baton.h"

#include "support/expect.h"

#include <cogbase/text.h>

#include <pthread.h>

TestSuite(baton, .timeout = 10.0);

/* Both say what they do and when; the second one does it in a thread of its own. */
struct pair {
    struct cog_clock_virtual clock;
    struct scn_turns turns;
    struct scn_baton *baton;
    struct cog_text said;
    void (*second)(struct pair *pair);
};

static struct scn_seat seat(const struct pair *pair, int index)
{
    return (struct scn_seat){pair->baton, index};
}

static void say(struct pair *pair, const char *word)
{
    cog_text_append_format(&pair->said, "%s%s@%d", pair->said.length > 0 ? " " : "", word,
                           (int)pair->clock.now_ms);
}

static void step(struct pair *pair, int index, const char *word)
{
    scn_seat_step(seat(pair, index));
    say(pair, word);
}

static void wait_until(struct pair *pair, int index, int64_t due_ms)
{
    scn_seat_wait(seat(pair, index), &pair->clock, due_ms);
}

static void *run_second(void *context)
{
    struct pair *pair = context;
    scn_seat_take(seat(pair, 1));
    pair->second(pair);
    scn_seat_leave(seat(pair, 1));
    return NULL;
}

/* @return the number of choices; `pair->said` has what was done */
static int run(struct pair *pair, int64_t starts_ms, void (*first)(struct pair *pair))
{
    struct cog_error error = {0};
    pthread_t thread;
    cog_clock_virtual_init(&pair->clock, 0);
    ASSERT_CODE(scn_baton_create(&pair->clock, &pair->turns, starts_ms, &pair->baton, &error),
                COG_OK, error);
    cr_assert(pthread_create(&thread, NULL, run_second, pair) == 0);
    first(pair);
    scn_seat_leave(seat(pair, 0));
    cr_assert(pthread_join(thread, NULL) == 0);
    const int choice_count = scn_baton_choice_count(pair->baton);
    scn_baton_destroy(pair->baton);
    return choice_count;
}

static void pair_finish(struct pair *pair)
{
    cog_text_finish(&pair->said);
}

static void do_three(struct pair *pair)
{
    step(pair, 0, "a1");
    step(pair, 0, "a2");
    wait_until(pair, 0, 10);
    step(pair, 0, "a3");
}

static void do_two(struct pair *pair)
{
    step(pair, 1, "b1");
    wait_until(pair, 1, 7);
    step(pair, 1, "b2");
}

Test(baton, passes_only_when_its_holder_waits_or_ends)
{
    COG_CLEANUP(pair_finish) struct pair pair = {.second = do_two};

    const int choice_count = run(&pair, 0, do_three);

    EXPECT_STR(cog_text_string(&pair.said), "a1@0 a2@0 b1@0 b2@7 a3@10");
    EXPECT_INT(choice_count, 2);
}

Test(baton, passes_where_the_schedule_says_so)
{
    const struct {
        struct scn_turns turns;
        const char *said;
    } rows[] = {
        {{{1}, 1}, "b1@0 a1@0 a2@0 b2@7 a3@10"},
        {{{2}, 1}, "a1@0 b1@0 a2@0 b2@7 a3@10"},
        {{{1, 2}, 2}, "a1@0 a2@0 b1@0 b2@7 a3@10"},
        {{{9}, 1}, "a1@0 a2@0 b1@0 b2@7 a3@10"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(pair_finish) struct pair pair = {.turns = rows[i].turns, .second = do_two};

        (void)run(&pair, 0, do_three);

        cr_expect(strcmp(cog_text_string(&pair.said), rows[i].said) == 0, "row %zu: %s", i,
                  cog_text_string(&pair.said));
    }
}

Test(baton, gives_no_choice_while_the_other_one_is_not_due)
{
    COG_CLEANUP(pair_finish) struct pair pair = {.second = do_two, .turns = {{1}, 1}};

    const int choice_count = run(&pair, 5, do_three);

    EXPECT_STR(cog_text_string(&pair.said), "a1@0 a2@0 b1@5 b2@7 a3@10");
    EXPECT_INT(choice_count, 0);
}

static void wait_for_ten(struct pair *pair)
{
    wait_until(pair, 0, 10);
    step(pair, 0, "a");
}

static void wait_for_ten_too(struct pair *pair)
{
    wait_until(pair, 1, 10);
    step(pair, 1, "b");
}

Test(baton, goes_first_to_who_has_waited_longer)
{
    COG_CLEANUP(pair_finish) struct pair pair = {.second = wait_for_ten_too};

    const int choice_count = run(&pair, 3, wait_for_ten);

    EXPECT_STR(cog_text_string(&pair.said), "a@10 b@10");
    EXPECT_INT(choice_count, 1);
}

Test(baton, is_waited_for_by_nobody_who_is_alone)
{
    const struct scn_seat alone = {0};
    struct cog_clock_virtual clock;
    cog_clock_virtual_init(&clock, 0);

    scn_seat_step(alone);
    scn_seat_wait(alone, &clock, 25);
    scn_seat_leave(alone);

    EXPECT_INT(clock.now_ms, 25);
}
