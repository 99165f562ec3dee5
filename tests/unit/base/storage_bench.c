#include "storage_bench.h"

#include "folder.h"
#include "support/expect.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>

#include <stdio.h>

static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_text, struct cog_error *error)
{
    struct bench_script *script = context;
    script->count++;
    script->seen_length = existing_length;
    (void)snprintf(script->seen, sizeof script->seen, "%s", existing);
    if (script->code != COG_OK) {
        return cog_error_set(error, script->code, "composer refused");
    }
    if (script->text != NULL) {
        *out_text = cog_string_clone(script->text, strlen(script->text));
    }
    return COG_OK;
}

struct cog_storage_composer bench_composer(struct bench_script *script)
{
    return (struct cog_storage_composer){.compose = compose, .context = script};
}

enum cog_code bench_append(struct cog_storage storage, const char *name, const char *addition)
{
    struct bench_script script = {.text = addition};
    return cog_storage_append(storage, name, bench_composer(&script), NULL);
}

enum cog_code bench_update(struct cog_storage storage, const char *name, const char *text)
{
    struct bench_script script = {.text = text};
    return cog_storage_update(storage, name, bench_composer(&script), NULL);
}

void bench_expect_content(struct cog_storage storage, const char *name, const char *expected)
{
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    struct cog_error error = {0};
    ASSERT_CODE(cog_storage_read(storage, name, &bytes, &length, &error), COG_OK, error);
    EXPECT_STR(bytes, expected);
    EXPECT_INT(length, strlen(expected));
}

void bench_expect_names(struct cog_storage storage, const char *folder, const char *expected)
{
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_storage_list(storage, folder, &names, &error), COG_OK, error);
    for (size_t i = 0; i < names.count; i++) {
        cog_text_append_format(&text, "%s%s", i > 0 ? " " : "", names.items[i]);
    }
    EXPECT_STR(cog_text_string(&text), expected);
}

void bench_for_each_storage(void (*rule)(struct cog_storage storage))
{
    struct cog_storage_memory memory = {.self = {.host = "here", .pid = 1}};
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
