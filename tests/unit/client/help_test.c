#include "help.h"
#include "setting.h"

#include "support/expect.h"

TestSuite(help_append_verb, .timeout = 5.0);
TestSuite(help_append, .timeout = 5.0);
TestSuite(setting_group, .timeout = 5.0);

Test(help_append_verb, has_usage_flags_exit_codes_and_an_example_for_each_verb)
{
    const struct cog_verb *verb = NULL;
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
        COG_CLEANUP(cog_text_finish) struct cog_text usage = {0};
        COG_CLEANUP(cog_text_finish) struct cog_text example = {0};
        cog_text_append_format(&usage, "usage: cogpromote %s", verb->name);
        cog_text_append_format(&example, "example:\n  cogpromote %s", verb->name);

        cog_help_append_verb(&text, verb);

        EXPECT_CONTAINS(cog_text_string(&text), cog_text_string(&usage));
        EXPECT_CONTAINS(cog_text_string(&text), "--output text|json");
        EXPECT_CONTAINS(cog_text_string(&text), "exit codes:\n");
        EXPECT_CONTAINS(cog_text_string(&text), "    2  usage: arguments or settings");
        EXPECT_CONTAINS(cog_text_string(&text), cog_text_string(&example));
    }
}

Test(help_append_verb, shows_only_flags_that_apply_each_with_its_variable)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    size_t used = 0;
    const struct cog_verb *verb = NULL;
    char word[] = "resume";
    char *words[] = {word};
    struct cog_error error = {0};
    ASSERT_CODE(cog_verb_find(1, words, &verb, &used, &error), COG_OK, error);

    cog_help_append_verb(&text, verb);

    EXPECT_CONTAINS(cog_text_string(&text), "usage: cogpromote resume [RUN] [FLAG]...");
    EXPECT_CONTAINS(cog_text_string(&text), "--timeout DURATION");
    EXPECT_CONTAINS(cog_text_string(&text), "$COGPROMOTE_TIMEOUT");
    EXPECT_CONTAINS(cog_text_string(&text), "--[no-]quiet");
    EXPECT_LACKS(cog_text_string(&text), "--source");
    EXPECT_LACKS(cog_text_string(&text), "--client-secret SECRET");
}

Test(help_append, names_every_verb)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_help_append(&text);

    const struct cog_verb *verb = NULL;
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        EXPECT_CONTAINS(cog_text_string(&text), verb->name);
        EXPECT_CONTAINS(cog_text_string(&text), verb->summary);
    }
}

Test(setting_group, is_known_for_every_setting_so_that_some_verb_takes_it)
{
    const struct cog_option *setting = NULL;
    for (size_t i = 0; (setting = cog_setting(i)) != NULL; i++) {
        const struct cog_verb *verb = NULL;
        size_t taker_count = 0;
        for (size_t j = 0; (verb = cog_verb(j)) != NULL; j++) {
            taker_count += cog_setting_applies(setting, verb) ? 1 : 0;
        }
        cr_expect(taker_count > 0, "no verb takes --%s: it is in no group", setting->name);
    }
}
