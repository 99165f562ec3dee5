/* What an exploration says on a terminal. */
#include "explored.h"
#include "support/expect.h"

#include <stdlib.h>

TestSuite(exploration_text, .timeout = 10.0);

static char *write_text(const struct scn_exploration *exploration,
                        const struct scn_exploration_origin *origin)
{
    char *text = NULL;
    size_t size = 0;
    struct cog_error error = {0};
    FILE *stream = open_memstream(&text, &size);
    cr_assert(stream != NULL);
    ASSERT_CODE(scn_exploration_write_text(stream, exploration, origin, &error), COG_OK, error);
    (void)fclose(stream);
    return text;
}

static void expect_narrow(const char *text)
{
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
        cr_expect(strcspn(line, "\n") < 80, "%.*s", (int)strcspn(line, "\n"), line);
    }
}

Test(exploration_text, is_short_when_nothing_was_found)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    struct scn_exploration_origin origin = explored_origin(0, 0);
    origin.depth = 1;
    explored_init_clean(&exploration);

    COG_CLEANUP(cog_string_finish) char *text = write_text(&exploration, &origin);

    EXPECT_CONTAINS(text, "explore: 2 bases, up to 1 fault a run, seed 7, memory\n\n");
    EXPECT_CONTAINS(text, "a promotion that succeeds\n"
                          "  1 fault                    12,345     10,000        345      2,000    "
                          "      0\n");
    EXPECT_CONTAINS(text, "\n10,000 runs in 2.00 s, 5,000 a second; 1h of virtual time\n"
                          "nothing found\n");
    EXPECT_CONTAINS(text, "coverage by single faults, 0 of ");
    expect_narrow(text);
}

Test(exploration_text, tells_each_kind_with_its_smallest_example_and_how_to_shrink_it)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    struct scn_exploration_origin origin = explored_origin(0, 0);
    origin.shrink_command = "cogdrill shrink found.json";
    explored_init(&exploration, 0, 0);

    COG_CLEANUP(cog_string_finish) char *text = write_text(&exploration, &origin);

    EXPECT_CONTAINS(text, "6 failed, 0 inconclusive; 2 kinds, the gravest first\n\n"
                          "I5, 4 times; the smallest is f1\n"
                          "    after 2 ms and an \"é\"\n"
                          "    a promotion that succeeds: status#2/a1 status_503\n"
                          "    cogdrill shrink found.json f1\n\n"
                          "I8, 2 times; the smallest is f4\n");
    EXPECT_CONTAINS(text, "status#4/a1 status_503, status#5/a1 status_503\n");
    EXPECT_CONTAINS(text, "slowest, in real time:\n      61 ms  base 1: place 6, 1\n");
    EXPECT_CONTAINS(text, "all\n");
    expect_narrow(text);
}

Test(exploration_text, says_which_part_it_is_and_that_it_is_not_all)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    struct scn_exploration_origin origin = explored_origin(2, 4);
    origin.client = "python3 client.py";
    explored_init(&exploration, 2, 4);
    exploration.is_interrupted = true;

    COG_CLEANUP(cog_string_finish) char *text = write_text(&exploration, &origin);

    EXPECT_CONTAINS(text, "shard 2/4, client:\npython3 client.py\nit was not brought to its end");
}

Test(exploration_text, of_a_swarm_counts_seeds)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    struct scn_exploration_origin origin = explored_origin(0, 0);
    origin.verb = "swarm";
    origin.depth = 1;
    explored_init_clean(&exploration);

    COG_CLEANUP(cog_string_finish) char *text = write_text(&exploration, &origin);

    EXPECT_CONTAINS(text, "swarm: 2 bases, seeds from 7 on, memory\n");
    EXPECT_CONTAINS(text, "\n  seeds                      12,345");
    EXPECT_LACKS(text, "1 fault");
}

Test(exploration_text, shows_the_first_ten_kinds_and_counts_the_rest)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    const struct scn_exploration_origin origin = explored_origin(0, 0);
    explored_init_clean(&exploration);
    for (const char *letter = "abcdefghijklm"; *letter != '\0'; letter++) {
        explored_fail(&exploration, 1, "I8", (const char[]){*letter, '\0'});
    }

    COG_CLEANUP(cog_string_finish) char *text = write_text(&exploration, &origin);

    EXPECT_CONTAINS(text, "    j\n");
    EXPECT_LACKS(text, "    k\n");
    EXPECT_CONTAINS(text, "\nand 3 kinds more: --json and --html have all\n");
}

Test(exploration_text, lets_no_finding_steer_the_terminal_or_run_out_of_the_line)
{
    char finding[400];
    memset(finding, 'x', sizeof finding - 1);
    finding[sizeof finding - 1] = '\0';
    finding[3] = '\033';
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration;
    const struct scn_exploration_origin origin = explored_origin(0, 0);
    explored_init_clean(&exploration);
    explored_fail(&exploration, 1, "I8", finding);

    COG_CLEANUP(cog_string_finish) char *text = write_text(&exploration, &origin);

    EXPECT_LACKS(text, "\033");
    EXPECT_CONTAINS(text, "    xxx?xxx");
    expect_narrow(text);
}
