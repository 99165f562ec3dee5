/* Which faults need not be tried with others, because another one stands for them. */
#include "explore/search/pruning.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(pruning, .timeout = 10.0);

/* A single fault, and the course that its run took; the clean one's is "c", of shape "C". */
struct single {
    const char *site;
    const char *kind;
    const char *call;
    const char *exact;
    const char *shape;
    const char *overcome; /* NULL: it was not. */
};

static const struct scn_course clean = {.exact = "c", .shape = "C"};

static struct scn_fault fault_of(const struct single *single)
{
    /* Borrowed for a call: never changed, and never finished. */
    return (struct scn_fault){
        .site = (char *)single->site,
        .kind = (char *)single->kind,
        .phase = "status",
        .call = single->call,
    };
}

static void note(struct scn_pruning *pruning, const char *base, const struct single *single)
{
    struct scn_course course = {0};
    const struct scn_fault fault = fault_of(single);
    (void)snprintf(course.exact, sizeof course.exact, "%s", single->exact);
    (void)snprintf(course.shape, sizeof course.shape, "%s", single->shape);
    (void)snprintf(course.overcome, sizeof course.overcome, "%s",
                   single->overcome != NULL ? single->overcome : "");
    cr_assert(scn_pruning_note(pruning, base, &fault, &course, &clean) == COG_OK);
}

/* Ends with one without a site. */
static struct scn_pruning *learn(const struct single *singles)
{
    struct scn_pruning *pruning = NULL;
    cr_assert(scn_pruning_create(&pruning) == COG_OK);
    for (; singles->site != NULL; singles++) {
        note(pruning, "base", singles);
    }
    cr_assert(scn_pruning_conclude(pruning) == COG_OK);
    return pruning;
}

static size_t weight(const struct scn_pruning *pruning, const struct single *single)
{
    const struct scn_fault fault = fault_of(single);
    return scn_pruning_weight(pruning, "base", &fault);
}

static bool is_implied(const struct scn_pruning *pruning, const char *site, const char *kind)
{
    const struct scn_fault fault = fault_of(&(struct single){site, kind, "status", "", "", NULL});
    return scn_pruning_is_implied(pruning, &fault);
}

static void expect_weights(const struct single *singles, const size_t *weights)
{
    COG_CLEANUP(scn_pruning_finish) struct scn_pruning *pruning = learn(singles);
    for (size_t i = 0; singles[i].site != NULL; i++) {
        const size_t found = weight(pruning, &singles[i]);
        cr_expect(found == weights[i], "%s %s: %zu, expected %zu", singles[i].site, singles[i].kind,
                  found, weights[i]);
    }
}

Test(pruning, lets_the_first_of_a_place_with_one_course_stand_for_all)
{
    static const struct single singles[] = {
        {"status#1/a1", "z", "status", "1", "A", NULL},
        {"status#1/a1", "b", "status", "2", "A", NULL},
        {"status#1/a1", "a", "status", "1", "A", NULL},
        {"status#1..", "a", "status", "1", "A", NULL},
        {"status#2/a1", "a", "status", "1", "A", NULL},
        {0},
    };
    expect_weights(singles, (const size_t[]){2, 1, 0, 1, 1});
}

Test(pruning, keeps_the_places_of_one_base_apart_from_those_of_another)
{
    const struct single single = {"status#1/a1", "a", "status", "1", "A", NULL};
    COG_CLEANUP(scn_pruning_finish) struct scn_pruning *pruning = NULL;
    const struct scn_fault fault = fault_of(&single);
    cr_assert(scn_pruning_create(&pruning) == COG_OK);
    note(pruning, "base", &single);
    note(pruning, "other", &single);
    cr_assert(scn_pruning_conclude(pruning) == COG_OK);

    EXPECT_INT(scn_pruning_weight(pruning, "base", &fault), 1);
    EXPECT_INT(scn_pruning_weight(pruning, "other", &fault), 1);
    EXPECT_INT(scn_pruning_weight(pruning, "third", &fault), 0);
}

Test(pruning, lets_one_that_was_overcome_stand_for_all_with_so_many_attempts)
{
    static const struct single singles[] = {
        {"status#1/a1", "a", "status", "1", "A", "2"},
        {"health#1/a1", "b", "health", "2", "B", "2"},
        {"status#2/a1", "a", "status", "3", "D", "3"},
        {"status#3/a1", "a", "status", "4", "E", "2"},
        {"status#3/a1", "b", "status", "4", "E", NULL},
        {0},
    };
    expect_weights(singles, (const size_t[]){3, 0, 1, 0, 1});
}

/* With another fault behind it, it may strike again. */
Test(pruning, lets_nothing_stand_for_what_lasts_but_what_lasts)
{
    static const struct single singles[] = {
        {"status#1/a1", "a", "status", "1", "A", "2"},
        {"status#1..", "a", "status", "1", "A", "2"},
        {"status#1..", "b", "status", "1", "A", "2"},
        {"status#2..", "a", "status", "1", "A", "2"},
        {0},
    };
    expect_weights(singles, (const size_t[]){1, 2, 0, 1});
}

Test(pruning, tries_nothing_after_what_changes_nothing)
{
    static const struct single singles[] = {
        {"status#1/a1", "a", "status", "c", "C", NULL},
        {"status#1/a1", "b", "status", "c", "C", NULL},
        {"status#2/a1", "a", "status", "1", "A", NULL},
        {0},
    };
    expect_weights(singles, (const size_t[]){0, 0, 1});
}

Test(pruning, lets_a_kind_stand_for_those_of_one_shape_wherever_both_struck)
{
    static const struct single singles[] = {
        {"status#1/a1", "a", "status", "1", "A", NULL},
        {"status#1/a1", "b", "status", "2", "A", NULL},
        {"status#1/a1", "d", "status", "3", "A", NULL},
        {"status#2/a1", "a", "status", "4", "B", NULL},
        {"status#2/a1", "b", "status", "5", "B", NULL},
        {"status#2/a1", "d", "status", "6", "X", NULL},
        {0},
    };
    COG_CLEANUP(scn_pruning_finish) struct scn_pruning *pruning = learn(singles);

    cr_expect(!is_implied(pruning, "status#9/a1", "a"));
    cr_expect(is_implied(pruning, "status#9/a1", "b"));
    cr_expect(!is_implied(pruning, "status#9/a1", "d"));
}

/* Once, or from then on: those are two kinds. And what is of one call says nothing of another. */
Test(pruning, tells_lasting_kinds_and_other_calls_apart)
{
    static const struct single singles[] = {
        {"status#1/a1", "a", "status", "1", "A", NULL},
        {"status#1/a1", "b", "status", "1", "A", NULL},
        {"status#1..", "a", "status", "2", "B", NULL},
        {"status#1..", "b", "status", "3", "D", NULL},
        {"health#1/a1", "b", "health", "1", "A", NULL},
        {0},
    };
    COG_CLEANUP(scn_pruning_finish) struct scn_pruning *pruning = learn(singles);
    const struct scn_fault health = fault_of(&singles[4]);

    cr_expect(is_implied(pruning, "status#2/a2", "b"));
    cr_expect(!is_implied(pruning, "status#2..", "b"));
    cr_expect(!scn_pruning_is_implied(pruning, &health));
}

Test(pruning, lets_a_kind_that_never_changes_anything_stand_for_none)
{
    static const struct single singles[] = {
        {"status#1/a1", "a", "status", "c", "C", NULL},
        {"status#2/a1", "a", "status", "c", "C", NULL},
        {"status#1/a1", "b", "status", "c", "C", NULL},
        {"status#2/a1", "b", "status", "1", "A", NULL},
        {0},
    };
    COG_CLEANUP(scn_pruning_finish) struct scn_pruning *pruning = learn(singles);

    cr_expect(is_implied(pruning, "status#3/a1", "a"));
    cr_expect(!is_implied(pruning, "status#3/a1", "b"));
}

Test(pruning, implies_nothing_that_nobody_knows)
{
    static const struct single one[] = {{"status#1/a1", "a", "status", "c", "C", NULL}, {0}};
    static const struct single none[] = {{0}};
    COG_CLEANUP(scn_pruning_finish) struct scn_pruning *pruning = learn(one);
    COG_CLEANUP(scn_pruning_finish) struct scn_pruning *empty = learn(none);

    cr_expect(!is_implied(pruning, "status#1/a1", "new"));
    cr_expect(!is_implied(empty, "status#1/a1", "a"));
    EXPECT_INT(weight(empty, one), 0);
}
