/* What only files have: folders, modes, locks and full disks. */
#include <cogpromote/storage.h>

#include "folder.h"
#include "support/expect.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[FOLDER_PATH_SIZE];
static char directory[64];
static char path[96];

static void make_folder(void)
{
    folder_create(folder);
    (void)snprintf(directory, sizeof directory, "%s/a/b", folder);
    (void)snprintf(path, sizeof path, "%s/audit.jsonl", directory);
}

static void remove_folder(void)
{
    folder_remove(folder);
}

TestSuite(storage_posix, .init = make_folder, .fini = remove_folder, .timeout = 5.0);

static enum cog_code compose_text(void *context, const char *existing, size_t existing_length,
                                  char **out_addition, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    (void)error;
    *out_addition = cog_string_clone(context, strlen(context));
    return COG_OK;
}

static enum cog_code append(const char *in_directory, const char *text, struct cog_error *error)
{
    char addition[32];
    (void)snprintf(addition, sizeof addition, "%s", text);
    struct cog_storage_posix storage = {.directory = in_directory};
    const struct cog_storage_composer composer = {
        .compose = compose_text,
        .context = addition,
    };
    return cog_storage_append(cog_storage_posix(&storage), "audit.jsonl", composer, error);
}

static unsigned mode_of(const char *entry)
{
    struct stat status = {0};
    cr_assert(stat(entry, &status) == 0, "no %s", entry);
    return status.st_mode & 0777;
}

static off_t size_of(const char *entry)
{
    struct stat status = {0};
    cr_assert(stat(entry, &status) == 0, "no %s", entry);
    return status.st_size;
}

static void write_file(const char *entry, const char *text)
{
    FILE *stream = fopen(entry, "w");
    cr_assert(stream != NULL);
    (void)fputs(text, stream);
    cr_assert(fclose(stream) == 0);
}

Test(storage_posix, makes_all_folders_and_files_private)
{
    char parent[64];
    struct cog_error error = {0};
    (void)snprintf(parent, sizeof parent, "%s/a", folder);
    (void)umask(0);

    ASSERT_CODE(append(directory, "x\n", &error), COG_OK, error);

    EXPECT_INT(mode_of(parent), 0700);
    EXPECT_INT(mode_of(directory), 0700);
    EXPECT_INT(mode_of(path), 0600);
}

Test(storage_posix, takes_folders_with_doubled_and_trailing_slashes)
{
    char untidy[80];
    struct cog_error error = {0};
    (void)snprintf(untidy, sizeof untidy, "%s//a///b//", folder);

    ASSERT_CODE(append(untidy, "x\n", &error), COG_OK, error);

    EXPECT_INT(size_of(path), 2);
}

Test(storage_posix, takes_a_relative_folder)
{
    struct cog_error error = {0};
    cr_assert(chdir(folder) == 0);

    ASSERT_CODE(append("a/b", "x\n", &error), COG_OK, error);

    EXPECT_INT(size_of(path), 2);
}

Test(storage_posix, names_the_folder_that_cannot_be_made)
{
    char file[64];
    char below[80];
    char expected[128];
    struct cog_error errors[3] = {0};
    (void)snprintf(file, sizeof file, "%s/file", folder);
    (void)snprintf(below, sizeof below, "%s/state", file);
    (void)snprintf(expected, sizeof expected, "cannot open folder '%s': Not a directory", below);
    write_file(file, "");
    struct cog_storage_posix storage = {.directory = below};
    char *bytes = NULL;
    size_t length = 0;

    EXPECT_INT(append(below, "x", &errors[0]), COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_probe(cog_storage_posix(&storage), "a", &errors[1]), COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_read(cog_storage_posix(&storage), "a", &bytes, &length, &errors[2]),
               COG_ERROR_STORAGE);

    EXPECT_STR(errors[0].message, expected);
    EXPECT_STR(errors[1].message, expected);
    EXPECT_STR(errors[2].message, expected);
}

Test(storage_posix, shows_the_end_of_a_long_path_and_the_reason)
{
    char deep[512];
    struct cog_error error = {0};
    (void)snprintf(deep, sizeof deep, "%s/file/%0300d/end", folder, 7);

    EXPECT_INT(append(deep, "x", &error), COG_ERROR_STORAGE);

    EXPECT_CONTAINS(error.message, "cannot make folder '...0000");
    EXPECT_CONTAINS(error.message, "0007': File name too long");
}

Test(storage_posix, refuses_a_folder_without_a_name)
{
    struct cog_error error = {0};

    EXPECT_INT(append("", "x", &error), COG_ERROR_STORAGE);

    EXPECT_STR(error.message, "the state folder has no name");
}

Test(storage_posix, refuses_a_folder_that_is_a_file)
{
    char file[64];
    struct cog_error error = {0};
    (void)snprintf(file, sizeof file, "%s/file", folder);
    write_file(file, "");

    EXPECT_INT(append(file, "x", &error), COG_ERROR_STORAGE);

    EXPECT_CONTAINS(error.message, "Not a directory");
}

Test(storage_posix, refuses_a_file_over_the_limit)
{
    struct cog_error error = {0};
    EXPECT_INT(append(directory, "x", NULL), COG_OK);
    cr_assert(truncate(path, ((off_t)64 << 20) + 1) == 0);

    EXPECT_INT(append(directory, "x", &error), COG_ERROR_STORAGE);

    EXPECT_CONTAINS(error.message, "over 67108864 bytes");
    EXPECT_INT(size_of(path), ((off_t)64 << 20) + 1);
}

Test(storage_posix, writes_nothing_that_could_not_be_read_again)
{
    struct cog_error error = {0};
    EXPECT_INT(append(directory, "x", NULL), COG_OK);
    cr_assert(truncate(path, ((off_t)64 << 20) - 1) == 0);

    EXPECT_INT(append(directory, "xy", &error), COG_ERROR_STORAGE);

    EXPECT_CONTAINS(error.message, "it would be over 67108864 bytes: move it away");
    EXPECT_INT(size_of(path), ((off_t)64 << 20) - 1);
}

Test(storage_posix, says_how_much_a_full_disk_took_and_cuts_it_off)
{
    struct rlimit limit = {0};
    struct cog_error error = {0};
    char expected[160];
    (void)snprintf(expected, sizeof expected, "cannot write '%s': only 4 of 10 bytes were written",
                   path);
    cr_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    cr_assert(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const struct rlimit small = {.rlim_cur = 4, .rlim_max = limit.rlim_max};
    cr_assert(setrlimit(RLIMIT_FSIZE, &small) == 0);

    const enum cog_code code = append(directory, "0123456789", &error);

    cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_STR(error.message, expected);
    EXPECT_INT(size_of(path), 0);
}

Test(storage_posix, says_that_nothing_could_be_written)
{
    struct rlimit limit = {0};
    struct cog_error error = {0};
    EXPECT_INT(append(directory, "0123", NULL), COG_OK);
    cr_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    cr_assert(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const struct rlimit small = {.rlim_cur = 4, .rlim_max = limit.rlim_max};
    cr_assert(setrlimit(RLIMIT_FSIZE, &small) == 0);

    const enum cog_code code = append(directory, "456789", &error);

    cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_CONTAINS(error.message, "File too large");
    EXPECT_INT(size_of(path), 4);
}

/* Asked from inside of the append, through a descriptor of its own. */
static enum cog_code compose_with_lock_check(void *context, const char *existing,
                                             size_t existing_length, char **out_addition,
                                             struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    (void)error;
    const int other = open(path, O_RDWR | O_CLOEXEC);
    *(bool *)context = flock(other, LOCK_EX | LOCK_NB) != 0;
    (void)close(other);
    *out_addition = cog_string_clone("x", 1);
    return COG_OK;
}

Test(storage_posix, holds_the_lock_while_the_addition_is_composed)
{
    bool was_locked = false;
    struct cog_storage_posix storage = {.directory = directory};
    const struct cog_storage_composer composer = {
        .compose = compose_with_lock_check,
        .context = &was_locked,
    };
    struct cog_error error = {0};

    const enum cog_code code =
        cog_storage_append(cog_storage_posix(&storage), "audit.jsonl", composer, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(was_locked, true);
    const int after = open(path, O_RDWR | O_CLOEXEC);
    EXPECT_INT(flock(after, LOCK_EX | LOCK_NB), 0);
    (void)close(after);
}

/* Each line is the count of the lines before it, which only holds when nobody comes between. */
static enum cog_code compose_count(void *context, const char *existing, size_t existing_length,
                                   char **out_addition, struct cog_error *error)
{
    (void)context;
    (void)error;
    int count = 0;
    for (size_t i = 0; i < existing_length; i++) {
        count += existing[i] == '\n' ? 1 : 0;
    }
    struct cog_text line = {0};
    cog_text_append_format(&line, "%03d\n", count);
    *out_addition = cog_text_take(&line);
    return COG_OK;
}

enum { PROCESS_COUNT = 4, LINES_EACH = 25 };

static void append_lines(void)
{
    struct cog_storage_posix storage = {.directory = directory};
    const struct cog_storage_composer composer = {.compose = compose_count};
    for (int i = 0; i < LINES_EACH; i++) {
        if (cog_storage_append(cog_storage_posix(&storage), "audit.jsonl", composer, NULL) !=
            COG_OK) {
            _exit(1);
        }
    }
    _exit(0);
}

Test(storage_posix, keeps_the_order_of_many_processes)
{
    for (int i = 0; i < PROCESS_COUNT; i++) {
        const pid_t child = fork();
        cr_assert(child >= 0);
        if (child == 0) {
            append_lines();
        }
    }
    for (int i = 0; i < PROCESS_COUNT; i++) {
        int status = -1;
        cr_assert(wait(&status) > 0);
        EXPECT_INT(status, 0);
    }

    struct cog_storage_posix storage = {.directory = directory};
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    EXPECT_INT(cog_storage_read(cog_storage_posix(&storage), "audit.jsonl", &bytes, &length, NULL),
               COG_OK);
    EXPECT_INT(length, 4 * PROCESS_COUNT * LINES_EACH);
    for (int i = 0; i < PROCESS_COUNT * LINES_EACH; i++) {
        char expected[8];
        (void)snprintf(expected, sizeof expected, "%03d\n", i);
        cr_expect(strncmp(bytes + (size_t)4 * (size_t)i, expected, 4) == 0, "line %d", i);
    }
}

Test(storage_posix, probes_the_very_file_that_is_to_be_written)
{
    struct cog_storage_posix storage = {.directory = directory};
    struct cog_error error = {0};
    EXPECT_INT(cog_storage_probe(cog_storage_posix(&storage), "other", NULL), COG_OK);
    cr_assert(mkdir(path, 0700) == 0);

    enum cog_code code = cog_storage_probe(cog_storage_posix(&storage), "audit.jsonl", &error);

    ASSERT_CODE(code, COG_ERROR_STORAGE, error);
    EXPECT_CONTAINS(error.message, "audit.jsonl");
}
