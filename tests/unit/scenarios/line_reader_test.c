/* Lines that a person types. */
#include "drill/guided/line_reader.h"
#include "support/expect.h"

#include <unistd.h>

TestSuite(line_reader, .timeout = 5.0);

/* A reader of what was typed already; `interrupt` too can be read where it is not NULL. */
static struct scn_line_reader make_reader(const char *typed, const char *interrupt)
{
    int ends[2];
    int signal_ends[2];
    cr_assert(pipe(ends) == 0 && pipe(signal_ends) == 0);
    cr_assert(write(ends[1], typed, strlen(typed)) == (ssize_t)strlen(typed));
    if (interrupt != NULL) {
        cr_assert(write(signal_ends[1], interrupt, 1) == 1);
    }
    (void)close(ends[1]);
    return (struct scn_line_reader){.descriptor = ends[0], .interrupt_descriptor = signal_ends[0]};
}

Test(line_reader, gives_line_after_line_without_blanks_around)
{
    char line[SCN_LINE_SIZE];
    struct scn_line_reader reader = make_reader(" one \r\n\ntwo", NULL);

    EXPECT_INT(scn_line_reader_next(&reader, SCN_LINE_WAIT_FOREVER, line), SCN_LINE_READ);
    EXPECT_STR(line, "one");
    EXPECT_INT(scn_line_reader_next(&reader, SCN_LINE_WAIT_FOREVER, line), SCN_LINE_READ);
    EXPECT_STR(line, "");
    EXPECT_INT(scn_line_reader_next(&reader, SCN_LINE_WAIT_FOREVER, line), SCN_LINE_READ);
    EXPECT_STR(line, "two");
    EXPECT_INT(scn_line_reader_next(&reader, SCN_LINE_WAIT_FOREVER, line), SCN_LINE_ENDED);
}

Test(line_reader, hears_a_signal_first)
{
    char line[SCN_LINE_SIZE];
    struct scn_line_reader reader = make_reader("one\n", "!");

    EXPECT_INT(scn_line_reader_next(&reader, SCN_LINE_WAIT_FOREVER, line), SCN_LINE_INTERRUPTED);
}

Test(line_reader, waits_no_longer_than_it_is_told)
{
    char line[SCN_LINE_SIZE];
    int ends[2];
    cr_assert(pipe(ends) == 0);
    struct scn_line_reader reader = {.descriptor = ends[0], .interrupt_descriptor = -1};

    EXPECT_INT(scn_line_reader_next(&reader, 1, line), SCN_LINE_NOTHING);
}

Test(line_reader, cuts_a_line_that_is_too_long)
{
    char line[SCN_LINE_SIZE];
    char typed[SCN_LINE_SIZE * 2];
    memset(typed, 'x', sizeof typed - 1);
    typed[sizeof typed - 1] = '\0';
    struct scn_line_reader reader = make_reader(typed, NULL);

    EXPECT_INT(scn_line_reader_next(&reader, SCN_LINE_WAIT_FOREVER, line), SCN_LINE_READ);
    EXPECT_INT(strlen(line), SCN_LINE_SIZE - 1);
}
