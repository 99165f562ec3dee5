#include "event_file.h"

#include "../base/folder.h"
#include "support/expect.h"
#include "support/recorded_log.h"

#include <stdio.h>
#include <sys/stat.h>

TestSuite(event_file, .timeout = 5.0);

static void read_back(const char *path, char *buffer, size_t buffer_size)
{
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL);
    size_t length = fread(buffer, 1, buffer_size - 1, file);
    buffer[length] = '\0';
    (void)fclose(file);
}

Test(event_file, appends_each_event_as_a_line_of_json_to_a_file_of_mode_0600)
{
    char folder[FOLDER_PATH_SIZE];
    folder_create(folder);
    char path[FOLDER_PATH_SIZE + 16];
    (void)snprintf(path, sizeof path, "%s/events", folder);
    struct cog_clock_virtual clock = {0};
    struct cog_error error = {0};
    const struct cog_log_field field = {.key = "name", .value = "a\x1b"};

    for (int i = 0; i < 2; i++) {
        struct cog_event_file file = {0};
        ASSERT_CODE(cog_event_file_open(&file, path, cog_clock_virtual(&clock), (struct cog_log){0},
                                        &error),
                    COG_OK, error);
        cog_log_write(cog_event_file(&file), COG_LOG_DEBUG, "step", &field, 1);
        cog_event_file_finish(&file);
    }

    char text[512];
    struct stat status = {0};
    read_back(path, text, sizeof text);
    EXPECT_STR(text, "{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"debug\",\"event\":\"step\","
                     "\"name\":\"a\\u001b\"}\n"
                     "{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"debug\",\"event\":\"step\","
                     "\"name\":\"a\\u001b\"}\n");
    cr_assert(stat(path, &status) == 0);
    EXPECT_INT(status.st_mode & 0777, 0600);
    folder_remove(folder);
}

Test(event_file, complains_once_when_it_cannot_be_written_and_goes_on)
{
    struct cog_clock_virtual clock = {0};
    struct recorded_log complaints = {0};
    struct cog_event_file file = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_event_file_open(&file, "/dev/full", cog_clock_virtual(&clock),
                                    recorded_log(&complaints), &error),
                COG_OK, error);

    cog_log_write(cog_event_file(&file), COG_LOG_INFO, "one", NULL, 0);
    cog_log_write(cog_event_file(&file), COG_LOG_INFO, "two", NULL, 0);

    EXPECT_STR(complaints.text, "events-failed file=/dev/full reason=No space left on device\n");
    cog_event_file_finish(&file);
}

Test(event_file, names_the_file_that_cannot_be_opened_and_why)
{
    struct cog_clock_virtual clock = {0};
    struct cog_event_file file = {0};
    struct cog_error error = {0};

    enum cog_code code = cog_event_file_open(&file, "/nonexistent/file", cog_clock_virtual(&clock),
                                             (struct cog_log){0}, &error);

    ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
    EXPECT_STR(error.message,
               "cannot open the events file '/nonexistent/file': No such file or directory");
    cog_event_file_finish(&file);
}
