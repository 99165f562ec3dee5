/* What a client may reach that is typed in a drill's shell. */
#include "drill/guided/bounds.h"

#include "support/expect.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

TestSuite(bounds, .timeout = 5.0);

enum { WORDS_MAX = 4 };

/* The test's own texts, as a program gets them. */
static enum cog_code check(const char *const *words, const char *const *environment)
{
    char *typed[WORDS_MAX] = {NULL};
    char *variables[WORDS_MAX] = {NULL};
    enum cog_code code = COG_OK;
    for (size_t i = 0; words[i] != NULL; i++) {
        typed[i] = strdup(words[i]);
    }
    for (size_t i = 0; environment[i] != NULL; i++) {
        variables[i] = strdup(environment[i]);
    }
    code = scn_bounds_check(typed, variables, NULL);
    for (size_t i = 0; i < WORDS_MAX; i++) {
        free(typed[i]);
        free(variables[i]);
    }
    return code;
}

static const char *const none[] = {NULL};

Test(bounds, hold_the_drills_own_server_and_folder)
{
    const char *const environment[] = {"COGNIGY_API_BASE=http://127.0.0.1:4/api/v1",
                                       "COGPROMOTE_STATE_DIR=/tmp/drill/state", "HOME=/home/x",
                                       NULL};

    EXPECT_INT(check(none, environment), COG_OK);
}

Test(bounds, leave_out_a_server_elsewhere)
{
    const char *const environment[] = {"COGNIGY_API_BASE=https://api.example.com/v1", NULL};

    EXPECT_INT(check(none, environment), COG_ERROR_CONFIGURATION);
}

Test(bounds, hold_a_server_elsewhere_that_the_drill_is_held_against)
{
    const char *const environment[] = {"COGNIGY_API_BASE=https://api.example.com/v1",
                                       "COGDRILL_API_BASE=https://api.example.com/v1", NULL};

    EXPECT_INT(check(none, environment), COG_OK);
}

Test(bounds, read_the_flags_too)
{
    const char *const apart[] = {"promote", "--api-base", "https://api.example.com/v1", NULL};
    const char *const together[] = {"promote", "--api-base=https://api.example.com/v1", NULL};
    const char *const environment[] = {"COGNIGY_API_BASE=http://127.0.0.1:4/api/v1", NULL};

    EXPECT_INT(check(apart, environment), COG_ERROR_CONFIGURATION);
    EXPECT_INT(check(together, environment), COG_ERROR_CONFIGURATION);
}

Test(bounds, leave_out_the_state_folder_of_real_promotions)
{
    const char *const words[] = {"status", "--state-dir", "/home/x/.local/state/cogpromote", NULL};
    const char *const environment[] = {"COGPROMOTE_STATE_DIR=/tmp/drill/state", "HOME=/home/x",
                                       NULL};

    EXPECT_INT(check(words, environment), COG_ERROR_CONFIGURATION);
}

Test(bounds, leave_out_the_folder_that_the_client_would_take_by_itself)
{
    const char *const environment[] = {"HOME=/home/x", NULL};

    EXPECT_INT(check(none, environment), COG_ERROR_CONFIGURATION);
}
