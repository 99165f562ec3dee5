/* The page of a report: the results between its two parts, and nothing of them as markup. */
#include "report/html.h"
#include "report/page/page.h"
#include "support/expect.h"

#include <stdlib.h>
#include <string.h>

TestSuite(html, .timeout = 5.0);

/* What stands between the page's head and its tail, both of which must be there; owned. */
static char *write_results(const char *results)
{
    char *page = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&page, &length);
    cr_assert(stream != NULL);
    scn_html_write(stream, results, strlen(results));
    (void)fclose(stream);

    cr_assert(length >= scn_page_head_length + scn_page_tail_length);
    const size_t middle_length = length - scn_page_head_length - scn_page_tail_length;
    cr_expect(memcmp(page, scn_page_head, scn_page_head_length) == 0, "the head");
    cr_expect(memcmp(page + length - scn_page_tail_length, scn_page_tail, scn_page_tail_length) ==
                  0,
              "the tail");
    char *middle = strndup(page + scn_page_head_length, middle_length);
    free(page);
    cr_assert(middle != NULL);
    return middle;
}

Test(html, puts_the_results_between_head_and_tail_as_they_are)
{
    char *middle = write_results("{\"seed\":1,\"name\":\"é \\\\ \\\"> &amp;\"}\n");

    EXPECT_STR(middle, "{\"seed\":1,\"name\":\"é \\\\ \\\"> &amp;\"}\n");
    free(middle);
}

Test(html, lets_no_result_end_the_element_or_begin_a_comment)
{
    static const struct {
        const char *results;
        const char *expected;
    } rows[] = {
        {"[\"</script><img>\"]", "[\"\\u003c/script>\\u003cimg>\"]"},
        {"[\"<!--<script\"]", "[\"\\u003c!--\\u003cscript\"]"},
        {"[\"\\\\<\"]", "[\"\\\\\\u003c\"]"},
        {"<", "\\u003c"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *middle = write_results(rows[i].results);

        EXPECT_STR(middle, rows[i].expected);
        free(middle);
    }
}

Test(html, head_ends_inside_the_element_that_the_tail_ends)
{
    static const char start[] = "<script type=\"application/json\" id=\"results\">";
    static const char end[] = "</script>";

    cr_assert(scn_page_head_length > sizeof start);
    cr_expect(memcmp(scn_page_head + scn_page_head_length - (sizeof start - 1), start,
                     sizeof start - 1) == 0);
    cr_expect(memcmp(scn_page_tail, end, sizeof end - 1) == 0);
}
