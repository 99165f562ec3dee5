#include "foreign/exit_map.h"

#include "../base/folder.h"

#include "support/expect.h"

#include <criterion/criterion.h>

#include <stdio.h>

TestSuite(exit_map, .timeout = 5.0);

static enum cog_code read_map(const char *text, struct scn_exit_map *out_map,
                              struct cog_error *error)
{
    char folder[FOLDER_PATH_SIZE];
    folder_enter(folder);
    FILE *stream = fopen("map.json", "w");
    cr_assert(stream != NULL);
    (void)fputs(text, stream);
    (void)fclose(stream);
    const enum cog_code code = scn_exit_map_read("map.json", out_map, error);
    folder_leave(folder);
    return code;
}

Test(exit_map, is_that_of_our_program_by_default)
{
    struct scn_exit_map map;

    scn_exit_map_init(&map);

    EXPECT_INT(map.meanings[0], scn_exit_map_bit(COG_OUTCOME_PROMOTED));
    EXPECT_INT(map.meanings[6], scn_exit_map_bit(COG_OUTCOME_ROLLED_BACK));
    EXPECT_INT(map.meanings[143], scn_exit_map_bit(COG_OUTCOME_INTERRUPTED));
    EXPECT_INT(map.meanings[77], 0);
}

Test(exit_map, means_nothing_where_its_file_says_nothing)
{
    struct scn_exit_map map = {0};
    struct cog_error error = {0};

    enum cog_code code = read_map("{\"exit\": {\"2\": \"rolled_back\"}}", &map, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(map.meanings[2], scn_exit_map_bit(COG_OUTCOME_ROLLED_BACK));
    EXPECT_INT(map.meanings[0], 0);
}

Test(exit_map, takes_failed_for_all_that_promises_no_new_content)
{
    struct scn_exit_map map = {0};
    struct cog_error error = {0};
    char text[SCN_MEANING_TEXT_SIZE];

    enum cog_code code = read_map("{\"exit\": {\"1\": \"failed\"}}", &map, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_expect(scn_exit_map_has(map.meanings[1], COG_OUTCOME_REJECTED));
    cr_expect(scn_exit_map_has(map.meanings[1], COG_OUTCOME_INTERRUPTED));
    cr_expect(!scn_exit_map_has(map.meanings[1], COG_OUTCOME_PROMOTED));
    cr_expect(!scn_exit_map_has(map.meanings[1], COG_OUTCOME_PARITY_LOW));
    EXPECT_STR(scn_exit_map_format(map.meanings[1], text), "failed");
}

Test(exit_map, says_each_of_several_outcomes)
{
    struct scn_exit_map map = {0};
    struct cog_error error = {0};
    char text[SCN_MEANING_TEXT_SIZE];

    enum cog_code code = read_map("{\"exit\": {\"3\": [\"unknown\", \"rejected\"]}}", &map, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(scn_exit_map_format(map.meanings[3], text), "rejected or unknown");
    EXPECT_INT(scn_exit_map_first(map.meanings[3]), COG_OUTCOME_REJECTED);
}

Test(exit_map, refuses_what_it_does_not_know_with_its_place)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{\"exit\": {\"-1\": \"promoted\"}}", "expected an exit code, 0 to 255, not '-1'"},
        {"{\"exit\": {\"0\": \"promote\"}}", "map.json:1:16: unknown outcome 'promote'"},
        {"{\"exit\": {\"0\": [true]}}", "expected an outcome"},
        {"{\"exit\": []}", "map.json:1:"},
        {"{\"signal\": {}}", "unknown key 'signal'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_exit_map map = {0};
        struct cog_error error = {0};

        ASSERT_CODE(read_map(rows[i].text, &map, &error), COG_ERROR_SYNTAX, error);

        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}
