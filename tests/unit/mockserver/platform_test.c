#include "world/platform.h"

#include "support/expect.h"

TestSuite(platform_parse, .timeout = 5.0);
TestSuite(platform_fits, .timeout = 5.0);

Test(platform_parse, refuses_what_is_no_version)
{
    static const char *const texts[] = {"",        "v",          "v1",    "v1.18",
                                        "v1.18.",  "v1.18.0.0",  "1.x.0", "v1.18.0-beta",
                                        "vv1.0.0", "v999999.0.0"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct mock_platform platform = {0};
        cr_expect_not(mock_platform_parse(texts[i], &platform), "%s", texts[i]);
    }
}

Test(platform_fits, needs_the_same_major_number_and_no_older_runtime)
{
    static const struct {
        const char *runtime;
        const char *needed;
        bool fits;
    } rows[] = {
        {"v1.18.0", "v1.18.0", true},  {"v1.18.0", "1.17.9", true},   {"v1.18.2", "v1.18.1", true},
        {"v1.18.0", "v1.18.1", false}, {"v1.18.0", "v1.19.0", false}, {"v2.0.0", "v1.18.0", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct mock_platform runtime = {0};
        struct mock_platform needed = {0};
        cr_assert(mock_platform_parse(rows[i].runtime, &runtime));
        cr_assert(mock_platform_parse(rows[i].needed, &needed));
        cr_expect(mock_platform_fits(&runtime, &needed) == rows[i].fits, "%s on %s", rows[i].needed,
                  rows[i].runtime);
    }
}
