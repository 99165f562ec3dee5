/* Updates and lists of files, as several processes and full disks see them. */
#include <cogpromote/storage.h>

#include "folder.h"
#include "storage_bench.h"
#include "support/expect.h"

#include <cogbase/number.h>
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

enum { PROCESS_COUNT = 4, CHANGES_EACH = 25 };

static char folder[FOLDER_PATH_SIZE];

static void enter_folder(void)
{
    folder_enter(folder);
}

static void leave_folder(void)
{
    folder_leave(folder);
}

TestSuite(storage_posix_update, .init = enter_folder, .fini = leave_folder, .timeout = 10.0);
TestSuite(storage_posix_list, .init = enter_folder, .fini = leave_folder, .timeout = 5.0);

static struct cog_storage state(void)
{
    static struct cog_storage_posix posix = {.directory = "state"};
    return cog_storage_posix(&posix);
}

static bool exists(const char *path)
{
    struct stat status = {0};
    return lstat(path, &status) == 0;
}

static void touch(const char *path)
{
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    cr_assert(descriptor >= 0);
    (void)close(descriptor);
}

Test(storage_posix_update, makes_private_files_and_leaves_no_draft)
{
    struct stat status = {0};
    (void)umask(0);

    EXPECT_INT(bench_update(state(), "locks/a", "text"), COG_OK);

    cr_assert(stat("state/locks/a", &status) == 0);
    EXPECT_INT(status.st_mode & 0777, 0600);
    cr_assert(stat("state/locks", &status) == 0);
    EXPECT_INT(status.st_mode & 0777, 0700);
    EXPECT_INT(exists("state/locks/.a.tmp"), false);
}

Test(storage_posix_update, keeps_the_old_file_when_the_disk_is_full)
{
    struct rlimit limit = {0};
    struct cog_error error = {0};
    struct bench_script script = {.text = "0123456789"};
    EXPECT_INT(bench_update(state(), "locks/a", "old"), COG_OK);
    cr_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    cr_assert(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const struct rlimit small = {.rlim_cur = 4, .rlim_max = limit.rlim_max};
    cr_assert(setrlimit(RLIMIT_FSIZE, &small) == 0);

    const enum cog_code code =
        cog_storage_update(state(), "locks/a", bench_composer(&script), &error);

    cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_STR(error.message, "cannot write 'state/locks/.a.tmp': File too large");
    bench_expect_content(state(), "locks/a", "old");
    EXPECT_INT(exists("state/locks/.a.tmp"), false);
}

/* Asked from inside of the update, through a descriptor of its own. */
static enum cog_code compose_with_lock_check(void *context, const char *existing,
                                             size_t existing_length, char **out_text,
                                             struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    (void)out_text;
    (void)error;
    const int other = open("state/locks", O_RDONLY | O_CLOEXEC);
    *(bool *)context = flock(other, LOCK_EX | LOCK_NB) != 0;
    (void)close(other);
    return COG_OK;
}

Test(storage_posix_update, holds_the_folder_while_the_text_is_composed)
{
    bool was_locked = false;
    const struct cog_storage_composer composer = {
        .compose = compose_with_lock_check,
        .context = &was_locked,
    };
    struct cog_error error = {0};

    ASSERT_CODE(cog_storage_update(state(), "locks/a", composer, &error), COG_OK, error);

    EXPECT_INT(was_locked, true);
    const int after = open("state/locks", O_RDONLY | O_CLOEXEC);
    EXPECT_INT(flock(after, LOCK_EX | LOCK_NB), 0);
    (void)close(after);
}

static enum cog_code compose_increment(void *context, const char *existing, size_t existing_length,
                                       char **out_text, struct cog_error *error)
{
    (void)context;
    int64_t count = 0;
    if (existing_length > 0 &&
        cog_number_parse_integer(existing, 0, 1000, &count, error) != COG_OK) {
        return COG_ERROR_SYNTAX;
    }
    struct cog_text text = {0};
    cog_text_append_format(&text, "%d", (int)count + 1);
    *out_text = cog_text_take(&text);
    return COG_OK;
}

static enum cog_code compose_same(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    (void)context;
    (void)error;
    *out_text = cog_string_clone(existing, existing_length);
    return COG_OK;
}

static enum cog_code compose_dot(void *context, const char *existing, size_t existing_length,
                                 char **out_text, struct cog_error *error)
{
    (void)context;
    (void)existing;
    (void)existing_length;
    (void)error;
    *out_text = cog_string_clone(".", 1);
    return COG_OK;
}

static void run_child(enum cog_code (*change)(struct cog_storage, const char *,
                                              struct cog_storage_composer, struct cog_error *),
                      struct cog_storage_composer composer)
{
    const pid_t child = fork();
    cr_assert(child >= 0);
    if (child > 0) {
        return;
    }
    for (int i = 0; i < CHANGES_EACH; i++) {
        if (change(state(), "locks/a", composer, NULL) != COG_OK) {
            _exit(1);
        }
    }
    _exit(0);
}

static void await_children(int count)
{
    for (int i = 0; i < count; i++) {
        int status = -1;
        cr_assert(wait(&status) > 0);
        EXPECT_INT(status, 0);
    }
}

Test(storage_posix_update, lets_no_process_come_between)
{
    for (int i = 0; i < PROCESS_COUNT; i++) {
        run_child(cog_storage_update, (struct cog_storage_composer){.compose = compose_increment});
    }
    await_children(PROCESS_COUNT);

    bench_expect_content(state(), "locks/a", "100");
}

Test(storage_posix_update, loses_nothing_that_others_append)
{
    run_child(cog_storage_update, (struct cog_storage_composer){.compose = compose_same});
    run_child(cog_storage_update, (struct cog_storage_composer){.compose = compose_same});
    run_child(cog_storage_append, (struct cog_storage_composer){.compose = compose_dot});
    run_child(cog_storage_append, (struct cog_storage_composer){.compose = compose_dot});
    await_children(4);

    bench_expect_content(state(), "locks/a", "..................................................");
}

Test(storage_posix_list, leaves_out_hidden_names_and_folders)
{
    EXPECT_INT(bench_update(state(), "journal/b", "x"), COG_OK);
    EXPECT_INT(bench_update(state(), "journal/a", "x"), COG_OK);
    touch("state/journal/.a.tmp");
    cr_assert(mkdir("state/journal/archive", 0700) == 0);

    bench_expect_names(state(), "journal", "a b");
}

/* They are not files to be read, and who reads them is told so; a list is no place to hide them. */
Test(storage_posix_list, shows_what_is_no_file_of_ours)
{
    EXPECT_INT(bench_update(state(), "journal/b", "x"), COG_OK);
    cr_assert(mkfifo("state/journal/fifo", 0600) == 0);
    cr_assert(symlink("nowhere", "state/journal/link") == 0);

    bench_expect_names(state(), "journal", "b fifo link");
}
