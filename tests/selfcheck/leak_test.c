/* Leaks on purpose: a run under AddressSanitizer in which this passes would pass any leak. */
#include <criterion/criterion.h>
#include <stdlib.h>

TestSuite(leak, .timeout = 5.0);

Test(leak, is_noticed_by_the_sanitizer)
{
    void *volatile lost = malloc(64);
    lost = NULL;

    cr_expect(lost == NULL);
}
