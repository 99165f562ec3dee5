#include "terminal.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(terminal, .timeout = 5.0);

static const char *lookup(void *context, const char *name)
{
    const char *const *pair = context;
    return strcmp(pair[0], name) == 0 ? pair[1] : NULL;
}

Test(terminal, is_neither_live_nor_coloured_when_it_is_a_file_whatever_term_says)
{
    static const char *const variable[] = {"TERM", "xterm"};
    const struct cog_command command = {.lookup = lookup, .lookup_context = (void *)variable};
    FILE *file = tmpfile();
    cr_assert(file != NULL);

    struct cog_terminal terminal = cog_terminal_of(file, &command);

    EXPECT_INT(terminal.is_live, false);
    EXPECT_INT(terminal.has_color, false);
    (void)fclose(file);
}

Test(terminal, is_as_wide_as_columns_say_where_the_system_does_not)
{
    const struct cog_terminal told = {.descriptor = -1, .columns = 60};
    const struct cog_terminal untold = {.descriptor = -1};

    EXPECT_INT(cog_terminal_width(&told), 60);
    EXPECT_INT(cog_terminal_width(&untold), 80);
}
