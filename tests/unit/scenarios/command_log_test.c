#include "drill/guided/command_log.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(command_log, .timeout = 5.0);

#define START(id, pid, line)                                                                       \
    "{\"event\":\"start\",\"id\":\"" id "\",\"at_unix_ms\":1000,\"line\":\"" line                  \
    "\",\"pid\":" pid ",\"start_ticks\":7,\"host\":\"here\",\"boot_id\":\"b\"}\n"
#define END(id, exit_code)                                                                         \
    "{\"event\":\"end\",\"id\":\"" id "\",\"at_unix_ms\":2500,\"exit\":" exit_code "}\n"

static void parse(const char *text, struct scn_command_list *out_list)
{
    ASSERT_CODE(scn_command_log_parse(text, out_list, NULL), COG_OK, (struct cog_error){0});
}

Test(command_log, pairs_the_end_of_a_command_with_its_start)
{
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};

    parse(START("a", "10", "cogpromote promote") START("b", "11", "cogpromote status")
              END("b", "0"),
          &list);

    EXPECT_INT(list.count, 2);
    EXPECT_INT(list.items[0].exit_code, -1);
    EXPECT_INT(list.items[0].until_unix_ms, -1);
    EXPECT_INT(list.items[1].exit_code, 0);
    EXPECT_INT(list.items[1].until_unix_ms, 2500);
    EXPECT_STR(list.items[1].line, "cogpromote status");
}

Test(command_log, keeps_who_ran_it)
{
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};

    parse(START("a", "10", "cogpromote promote"), &list);

    EXPECT_INT(list.items[0].process.pid, 10);
    EXPECT_INT(list.items[0].process.start_ticks, 7);
    EXPECT_STR(list.items[0].process.host, "here");
}

Test(command_log, leaves_out_what_is_no_entry)
{
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};

    parse("nonsense\n{}\n" END("z", "1") START("a", "10", "cogpromote plan")
              START("b", "-3", "cogpromote plan") "{\"event\":\"start\",\"id\":\"c\"",
          &list);

    EXPECT_INT(list.count, 1);
    EXPECT_STR(list.items[0].id, "a");
}

Test(command_log, reads_what_it_writes)
{
    char id[] = "1-2";
    char line[] = "cogpromote promote --actor 'a \"b\"\n'";
    const struct scn_recorded command = {
        .id = id,
        .line = line,
        .at_unix_ms = 77,
        .process = {.host = "h", .boot_id = "boot", .pid = 5, .start_ticks = 9},
    };
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};

    scn_command_log_append_start(&text, &command);
    scn_command_log_append_end(&text, id, 137, 99);
    parse(cog_text_string(&text), &list);

    EXPECT_INT(list.count, 1);
    EXPECT_STR(list.items[0].line, line);
    EXPECT_INT(list.items[0].exit_code, 137);
    cr_expect(cog_holder_is_same(&list.items[0].process, &command.process));
}

Test(command_log, quotes_words_that_a_shell_would_take_apart)
{
    char actor[] = "--actor";
    char name[] = "it's me";
    char empty[] = "";
    char *words[] = {actor, name, empty, NULL};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    scn_command_log_append_line(&text, words);

    EXPECT_STR(cog_text_string(&text), "cogpromote --actor 'it'\\''s me' ''");
}

Test(command_log, keeps_no_secret_that_somebody_typed)
{
    char apart[] = "--client-secret";
    char value[] = "hunter2";
    char together[] = "--webhook-secret=hunter2";
    char file[] = "--client-secret-file";
    char path[] = "x";
    char *words[] = {apart, value, together, file, path, NULL};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    scn_command_log_append_line(&text, words);

    EXPECT_STR(cog_text_string(&text), "cogpromote --client-secret *** --webhook-secret=*** "
                                       "--client-secret-file x");
}

Test(command_log, names_the_verb_of_a_command)
{
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};
    size_t length = 0;

    parse(START("a", "10", "cogpromote rollback job-1") START("b", "10", "cogpromote"), &list);

    EXPECT_INT(strncmp(scn_recorded_verb(&list.items[0], &length), "rollback", 8), 0);
    EXPECT_INT(length, 8);
    EXPECT_STR(scn_recorded_verb(&list.items[1], &length), "");
    EXPECT_INT(length, 0);
}
