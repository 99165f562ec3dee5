#include "drill/guided/shell_text.h"

#include "support/expect.h"

#include <criterion/criterion.h>

#include <string.h>

TestSuite(shell_text, .timeout = 5.0);

static const struct scn_shell_place place = {
    .folder = "/tmp/a b's",
    .program = "/opt/cog drill",
    .client_program = "/opt/cogpromote",
};

Test(shell_text, keeps_a_word_one_word)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    scn_shell_append_word(&text, "it's $HOME `x` \"y\"");

    EXPECT_STR(cog_text_string(&text), "'it'\\''s $HOME `x` \"y\"'");
}

Test(shell_text, forgets_the_settings_of_a_real_tenant_first)
{
    static char base[] = "COGNIGY_API_BASE=http://127.0.0.1:1/api/v1";
    char *variables[] = {base, NULL};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    scn_shell_append_environment(&text, &place, variables);

    const char *unset = strstr(cog_text_string(&text), "unset COGNIGY_API_BASE\n");
    const char *set =
        strstr(cog_text_string(&text), "COGNIGY_API_BASE='http://127.0.0.1:1/api/v1'");
    cr_assert(unset != NULL && set != NULL);
    cr_expect(unset < set);
    EXPECT_CONTAINS(cog_text_string(&text), "unset DEPLOYMENT_WEBHOOK_URL\n");
    EXPECT_CONTAINS(cog_text_string(&text), "unset COGPROMOTE_STATE_DIR\n");
    EXPECT_CONTAINS(cog_text_string(&text), "unset https_proxy\n");
}

Test(shell_text, says_nothing_of_what_will_strike)
{
    static char scenario[] = "COGDRILL_SCENARIO=the job fails";
    char *variables[] = {scenario, NULL};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    scn_shell_append_environment(&text, &place, variables);

    cr_expect(strstr(cog_text_string(&text), "the job fails") == NULL);
}

Test(shell_text, puts_the_programs_of_the_drill_first)
{
    char *variables[] = {NULL};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    scn_shell_append_environment(&text, &place, variables);

    EXPECT_CONTAINS(cog_text_string(&text), "PATH='/tmp/a b'\\''s/bin':\"$PATH\"; export PATH\n");
}

Test(shell_text, leaves_a_real_tenants_settings_to_the_shell)
{
    static char base[] = "COGNIGY_API_BASE=https://api.example.com/api/v1";
    static char secret[] = "COGNIGY_CLIENT_SECRET=dev-secret";
    static char state[] = "COGPROMOTE_STATE_DIR=/tmp/a/state";
    char *variables[] = {base, secret, state, NULL};
    struct scn_shell_place real = place;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    real.is_real = true;

    scn_shell_append_environment(&text, &real, variables);

    cr_expect(strstr(cog_text_string(&text), "unset") == NULL);
    cr_expect(strstr(cog_text_string(&text), "SECRET") == NULL);
    EXPECT_CONTAINS(cog_text_string(&text), "COGPROMOTE_STATE_DIR='/tmp/a/state'");
    EXPECT_CONTAINS(cog_text_string(&text), "COGNIGY_API_BASE='https://api.example.com/api/v1'");
}

Test(shell_text, hands_all_words_on_to_the_client)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    scn_shell_append_client(&text, &place);

    EXPECT_STR(cog_text_string(&text), "#!/bin/sh\nexec '/opt/cog drill' record-client "
                                       "'/tmp/a b'\\''s' '/opt/cogpromote' \"$@\"\n");
}
