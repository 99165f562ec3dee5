/* What only the storage in memory has: failures on command, and holders that are made up. */
#include <cogpromote/storage.h>

#include "storage_bench.h"
#include "support/expect.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>

enum { NAMES_MAX = 100000 };

TestSuite(storage_memory, .timeout = 5.0);

Test(storage_memory, fails_on_command_and_changes_nothing)
{
    struct cog_storage_memory memory = {.fails = true};
    const struct cog_storage storage = cog_storage_memory(&memory);
    struct bench_script script = {.text = "x"};
    struct cog_storage_names names = {0};
    struct cog_error error = {0};
    char *bytes = NULL;
    size_t length = 0;

    EXPECT_INT(cog_storage_append(storage, "a", bench_composer(&script), &error),
               COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_update(storage, "a", bench_composer(&script), NULL), COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_read(storage, "a", &bytes, &length, NULL), COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_list(storage, "a", &names, NULL), COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_probe(storage, "a", NULL), COG_ERROR_STORAGE);

    EXPECT_STR(error.message, "a: no space left on device");
    EXPECT_INT(script.count, 0);
    EXPECT_INT(memory.file_count, 0);
    EXPECT_INT(memory.operation_count, 5);
}

Test(storage_memory, fails_once_at_the_operation_named)
{
    struct cog_storage_memory memory = {.fails_once_at = 2};
    const struct cog_storage storage = cog_storage_memory(&memory);

    EXPECT_INT(bench_append(storage, "a", "1"), COG_OK);
    EXPECT_INT(bench_append(storage, "a", "2"), COG_ERROR_STORAGE);
    EXPECT_INT(bench_append(storage, "a", "3"), COG_OK);

    bench_expect_content(storage, "a", "13");
    cog_storage_memory_finish(&memory);
}

Test(storage_memory, fails_from_the_operation_named_on)
{
    struct cog_storage_memory memory = {.fails_from = 2};
    const struct cog_storage storage = cog_storage_memory(&memory);

    EXPECT_INT(bench_append(storage, "a", "1"), COG_OK);
    EXPECT_INT(bench_append(storage, "a", "2"), COG_ERROR_STORAGE);
    EXPECT_INT(bench_update(storage, "a", "3"), COG_ERROR_STORAGE);

    memory.fails_from = 0;
    bench_expect_content(storage, "a", "1");
    cog_storage_memory_finish(&memory);
}

Test(storage_memory, tears_an_append_but_never_an_update)
{
    struct cog_storage_memory memory = {.fails_from = 2, .tears = true};
    const struct cog_storage storage = cog_storage_memory(&memory);
    EXPECT_INT(bench_append(storage, "a", "whole\n"), COG_OK);

    EXPECT_INT(bench_append(storage, "a", "12345"), COG_ERROR_STORAGE);
    EXPECT_INT(bench_update(storage, "a", "replaced"), COG_ERROR_STORAGE);

    memory.fails_from = 0;
    bench_expect_content(storage, "a", "whole\n12");
    cog_storage_memory_finish(&memory);
}

Test(storage_memory, holds_any_number_of_files)
{
    struct cog_storage_memory memory = {0};
    const struct cog_storage storage = cog_storage_memory(&memory);
    for (int i = 0; i < 1000; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "journal/%03d", i);
        EXPECT_INT(bench_append(storage, name, name), COG_OK);
    }

    EXPECT_INT(memory.file_count, 1000);
    bench_expect_content(storage, "journal/000", "journal/000");
    bench_expect_content(storage, "journal/999", "journal/999");
    cog_storage_memory_finish(&memory);
    EXPECT_INT(memory.file_count, 0);
}

/* Put there by hand, because a search for each of them would take its time. */
Test(storage_memory, lists_as_many_names_as_there_may_be)
{
    struct cog_storage_memory memory = {.files = calloc(NAMES_MAX + 1, sizeof *memory.files)};
    const struct cog_storage storage = cog_storage_memory(&memory);
    struct cog_storage_names names = {0};
    struct cog_error error = {0};
    for (; memory.file_count < NAMES_MAX + 1; memory.file_count++) {
        memory.files[memory.file_count].name = strdup("outbox/x");
    }

    EXPECT_INT(cog_storage_list(storage, "outbox", &names, &error), COG_ERROR_STORAGE);
    EXPECT_STR(error.message, "cannot list 'outbox': more than 100000 files; move old ones away");
    free(memory.files[--memory.file_count].name);
    ASSERT_CODE(cog_storage_list(storage, "outbox", &names, &error), COG_OK, error);

    EXPECT_INT(names.count, NAMES_MAX);
    cog_storage_names_finish(&names);
    cog_storage_memory_finish(&memory);
}

Test(storage_memory, lets_those_live_who_are_named)
{
    const struct cog_holder living[] = {{.host = "here", .pid = 2, .start_ticks = 20}};
    struct cog_storage_memory memory = {
        .self = {.host = "here", .boot_id = "b", .pid = 1, .start_ticks = 10},
        .living = living,
        .living_count = 1,
    };
    const struct {
        struct cog_holder holder;
        enum cog_holder_life life;
    } rows[] = {
        {memory.self, COG_HOLDER_ALIVE},
        {living[0], COG_HOLDER_ALIVE},
        {{.host = "here", .pid = 2, .start_ticks = 21}, COG_HOLDER_DEAD},
        {{.host = "here", .pid = 3, .start_ticks = 20}, COG_HOLDER_DEAD},
        {{.host = "here", .boot_id = "c", .pid = 1, .start_ticks = 10}, COG_HOLDER_DEAD},
        {{.host = "there", .pid = 2, .start_ticks = 20}, COG_HOLDER_ELSEWHERE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const enum cog_holder_life life =
            cog_storage_ask_life(cog_storage_memory(&memory), &rows[i].holder);

        cr_expect(life == rows[i].life, "row %zu: %d", i, (int)life);
    }
}
