/* The contract of the storage seam: each rule runs against every implementation. */
#include <cogpromote/storage.h>

#include "folder.h"
#include "support/expect.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>

#include <stdio.h>

TestSuite(storage_append, .timeout = 5.0);
TestSuite(storage_read, .timeout = 5.0);
TestSuite(storage_probe, .timeout = 5.0);
TestSuite(storage_memory, .timeout = 5.0);

/* Adds `addition`, or fails with `code`; remembers what was there. */
struct script {
    const char *addition;
    enum cog_code code;
    char seen[64];
    size_t seen_length;
    int count;
};

static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_addition, struct cog_error *error)
{
    struct script *script = context;
    script->count++;
    script->seen_length = existing_length;
    (void)snprintf(script->seen, sizeof script->seen, "%s", existing);
    if (script->code != COG_OK) {
        return cog_error_set(error, script->code, "composer refused");
    }
    *out_addition = cog_string_clone(script->addition, strlen(script->addition));
    return COG_OK;
}

static struct cog_storage_composer composer(struct script *script)
{
    return (struct cog_storage_composer){.compose = compose, .context = script};
}

static enum cog_code append(struct cog_storage storage, const char *name, const char *addition)
{
    struct script script = {.addition = addition};
    return cog_storage_append(storage, name, composer(&script), NULL);
}

static void expect_content(struct cog_storage storage, const char *name, const char *expected)
{
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    struct cog_error error = {0};
    ASSERT_CODE(cog_storage_read(storage, name, &bytes, &length, &error), COG_OK, error);
    EXPECT_STR(bytes, expected);
    EXPECT_INT(length, strlen(expected));
}

/* Runs a rule on an empty storage of each kind; the folder of files does not exist yet. */
static void for_each_storage(void (*rule)(struct cog_storage storage))
{
    struct cog_storage_memory memory = {0};
    rule(cog_storage_memory(&memory));
    cog_storage_memory_finish(&memory);

    char folder[FOLDER_PATH_SIZE];
    char directory[64];
    folder_create(folder);
    (void)snprintf(directory, sizeof directory, "%s/state/cogpromote", folder);
    struct cog_storage_posix posix = {.directory = directory};
    rule(cog_storage_posix(&posix));
    folder_remove(folder);
}

static void appends_behind_what_is_there(struct cog_storage storage)
{
    struct script script = {.addition = "second\n"};
    struct cog_error error = {0};
    EXPECT_INT(append(storage, "audit.jsonl", "first\n"), COG_OK);

    const enum cog_code code =
        cog_storage_append(storage, "audit.jsonl", composer(&script), &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(script.seen, "first\n");
    EXPECT_INT(script.seen_length, 6);
    expect_content(storage, "audit.jsonl", "first\nsecond\n");
}

Test(storage_append, adds_behind_what_is_there)
{
    for_each_storage(appends_behind_what_is_there);
}

static void shows_an_empty_file_first(struct cog_storage storage)
{
    struct script script = {.addition = "x"};
    struct cog_error error = {0};

    const enum cog_code code = cog_storage_append(storage, "new", composer(&script), &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(script.seen, "");
    EXPECT_INT(script.count, 1);
}

Test(storage_append, shows_a_new_file_as_empty)
{
    for_each_storage(shows_an_empty_file_first);
}

static void changes_nothing_when_the_composer_fails(struct cog_storage storage)
{
    struct script script = {.code = COG_ERROR_SYNTAX};
    struct cog_error error = {0};
    EXPECT_INT(append(storage, "audit.jsonl", "first\n"), COG_OK);

    const enum cog_code code =
        cog_storage_append(storage, "audit.jsonl", composer(&script), &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "composer refused");
    expect_content(storage, "audit.jsonl", "first\n");
}

Test(storage_append, changes_nothing_when_the_composer_fails)
{
    for_each_storage(changes_nothing_when_the_composer_fails);
}

static void keeps_files_apart(struct cog_storage storage)
{
    EXPECT_INT(append(storage, "a", "one"), COG_OK);

    EXPECT_INT(append(storage, "b", "two"), COG_OK);

    expect_content(storage, "a", "one");
    expect_content(storage, "b", "two");
}

Test(storage_append, keeps_files_apart)
{
    for_each_storage(keeps_files_apart);
}

static void takes_an_empty_addition(struct cog_storage storage)
{
    EXPECT_INT(append(storage, "a", ""), COG_OK);

    expect_content(storage, "a", "");
}

Test(storage_append, takes_an_empty_addition)
{
    for_each_storage(takes_an_empty_addition);
}

static void refuses_names_that_leave_the_folder(struct cog_storage storage)
{
    static const char *const names[] = {"", ".", "..", "a/b", "/etc/passwd", "../x", NULL};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct script script = {.addition = "x"};
        char *bytes = NULL;
        size_t length = 0;
        struct cog_error error = {0};

        EXPECT_INT(cog_storage_append(storage, names[i], composer(&script), &error),
                   COG_ERROR_ARGUMENT);
        EXPECT_INT(cog_storage_read(storage, names[i], &bytes, &length, NULL), COG_ERROR_ARGUMENT);

        EXPECT_CONTAINS(error.message, "is not a plain file name");
        EXPECT_INT(script.count, 0);
    }
}

Test(storage_append, refuses_names_that_leave_the_folder)
{
    for_each_storage(refuses_names_that_leave_the_folder);
}

static void reads_a_missing_file_as_empty(struct cog_storage storage)
{
    expect_content(storage, "absent", "");
}

Test(storage_read, gives_a_missing_file_as_empty)
{
    for_each_storage(reads_a_missing_file_as_empty);
}

static void probes_well_and_changes_nothing(struct cog_storage storage)
{
    struct cog_error error = {0};

    ASSERT_CODE(cog_storage_probe(storage, "audit.jsonl", &error), COG_OK, error);

    EXPECT_INT(append(storage, "audit.jsonl", "x"), COG_OK);
    ASSERT_CODE(cog_storage_probe(storage, "audit.jsonl", &error), COG_OK, error);
    expect_content(storage, "audit.jsonl", "x");
}

Test(storage_probe, says_that_append_will_work)
{
    for_each_storage(probes_well_and_changes_nothing);
}

static void refuses_missing_parts(struct cog_storage storage)
{
    char *bytes = NULL;
    size_t length = 0;
    struct script script = {.addition = "x"};
    const struct cog_storage none = {0};

    EXPECT_INT(cog_storage_append(none, "a", composer(&script), NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_read(none, "a", &bytes, &length, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_probe(none, "a", NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_append(storage, "a", (struct cog_storage_composer){0}, NULL),
               COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_probe(storage, "../a", NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_read(storage, "a", NULL, &length, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_storage_read(storage, "a", &bytes, NULL, NULL), COG_ERROR_ARGUMENT);
}

Test(storage_append, refuses_missing_parts)
{
    for_each_storage(refuses_missing_parts);
}

Test(storage_memory, fails_on_command_and_changes_nothing)
{
    struct cog_storage_memory memory = {0};
    const struct cog_storage storage = cog_storage_memory(&memory);
    struct cog_error error = {0};
    char *bytes = NULL;
    size_t length = 0;
    struct script script = {.addition = "x"};
    memory.fails = true;

    EXPECT_INT(cog_storage_append(storage, "a", composer(&script), &error), COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_read(storage, "a", &bytes, &length, NULL), COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_probe(storage, "a", NULL), COG_ERROR_STORAGE);

    EXPECT_STR(error.message, "a: no space left on device");
    EXPECT_INT(script.count, 0);
    EXPECT_INT(memory.file_count, 0);
}

Test(storage_memory, refuses_more_files_than_it_holds)
{
    struct cog_storage_memory memory = {0};
    const struct cog_storage storage = cog_storage_memory(&memory);
    for (int i = 0; i < COG_STORAGE_MEMORY_FILES_MAX; i++) {
        const char name[] = {(char)('a' + i), '\0'};
        EXPECT_INT(append(storage, name, "x"), COG_OK);
    }
    struct script script = {.addition = "x"};
    struct cog_error error = {0};

    const enum cog_code code = cog_storage_append(storage, "more", composer(&script), &error);

    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_STR(error.message, "cannot create 'more': more than 16 files");
    EXPECT_INT(append(storage, "a", "y"), COG_OK);
    expect_content(storage, "a", "xy");
    cog_storage_memory_finish(&memory);
    EXPECT_INT(memory.file_count, 0);
}
