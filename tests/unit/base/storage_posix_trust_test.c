/* State folders in which somebody else had a hand. */
#include <cogpromote/storage.h>

#include "folder.h"
#include "storage_bench.h"
#include "support/expect.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOBODY = 65534, SOMEBODY = 12345 };

static char folder[FOLDER_PATH_SIZE];
static uid_t user;

static void enter_folder(void)
{
    user = geteuid();
    folder_enter(folder);
}

static void leave_folder(void)
{
    cr_assert(seteuid(user) == 0);
    folder_leave(folder);
}

TestSuite(storage_trust, .init = enter_folder, .fini = leave_folder, .timeout = 5.0);

/* Root may do everything, so that it has to be somebody else for a while. */
static void become_nobody(void)
{
    if (user == 0) {
        cr_assert(chown(folder, NOBODY, NOBODY) == 0);
        cr_assert(seteuid(NOBODY) == 0);
    }
}

static int free_descriptor(void)
{
    const int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
    (void)close(descriptor);
    return descriptor;
}

/* Whatever is done with journal/a in `directory`, it fails and says why. */
static void expect_refusal(const char *directory, const char *reason)
{
    struct cog_storage_posix posix = {.directory = directory};
    const struct cog_storage storage = cog_storage_posix(&posix);
    struct bench_script script = {.text = "x"};
    struct cog_error errors[4] = {0};
    char *bytes = NULL;
    size_t length = 0;
    const int descriptor = free_descriptor();

    EXPECT_INT(cog_storage_append(storage, "journal/a", bench_composer(&script), &errors[0]),
               COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_update(storage, "journal/a", bench_composer(&script), &errors[1]),
               COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_read(storage, "journal/a", &bytes, &length, &errors[2]),
               COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_probe(storage, "journal/a", &errors[3]), COG_ERROR_STORAGE);

    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        EXPECT_CONTAINS(errors[i].message, reason);
    }
    EXPECT_INT(script.count, 0);
    EXPECT_INT(free_descriptor(), descriptor);
}

static void expect_list_refusal(const char *directory, const char *reason)
{
    struct cog_storage_posix posix = {.directory = directory};
    struct cog_storage_names names = {0};
    struct cog_error error = {0};

    EXPECT_INT(cog_storage_list(cog_storage_posix(&posix), "journal", &names, &error),
               COG_ERROR_STORAGE);

    EXPECT_CONTAINS(error.message, reason);
}

static void write_file(const char *path, const char *text)
{
    FILE *stream = fopen(path, "w");
    cr_assert(stream != NULL);
    (void)fputs(text, stream);
    cr_assert(fclose(stream) == 0);
}

static void expect_text(const char *path, const char *expected)
{
    char text[64] = "";
    FILE *stream = fopen(path, "r");
    cr_assert(stream != NULL, "no %s", path);
    (void)fread(text, 1, sizeof text - 1, stream);
    (void)fclose(stream);
    EXPECT_STR(text, expected);
}

/* umask may not leave what the test asks for. */
static void make_folder(const char *path, mode_t mode)
{
    cr_assert(mkdir(path, 0700) == 0);
    cr_assert(chmod(path, mode) == 0);
}

Test(storage_trust, refuses_a_state_folder_that_is_a_link)
{
    make_folder("real", 0700);
    cr_assert(symlink("real", "state") == 0);

    expect_refusal("state", "cannot use folder 'state': it is a symbolic link: name the folder");
    expect_refusal("state//", "cannot use folder 'state': it is a symbolic link");
    expect_list_refusal("state", "it is a symbolic link");

    EXPECT_INT(rmdir("real"), 0); /* Nothing was made in it. */
}

Test(storage_trust, refuses_a_link_to_nowhere)
{
    cr_assert(symlink("nowhere", "state") == 0);

    expect_refusal("state", "it is a symbolic link");
}

Test(storage_trust, takes_links_above_the_state_folder)
{
    struct cog_storage_posix posix = {.directory = "link/state"};
    make_folder("real", 0700);
    cr_assert(symlink("real", "link") == 0);

    EXPECT_INT(bench_append(cog_storage_posix(&posix), "journal/a", "x"), COG_OK);

    expect_text("real/state/journal/a", "x");
}

Test(storage_trust, refuses_folders_that_others_may_write_to)
{
    static const struct {
        mode_t mode;
        const char *reason; /* NULL: fine. */
    } rows[] = {
        {0770, "its mode 0770 lets others write to it: run 'chmod go-w' on it"},
        {0702, "its mode 0702 lets others write to it"},
        {0755, NULL},
        {01777, NULL},
    };
    struct cog_storage_posix posix = {.directory = "state"};
    make_folder("state", 0700);
    make_folder("state/journal", 0700);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static const char *const folders[] = {"state", "state/journal"};
        for (size_t k = 0; k < sizeof folders / sizeof folders[0]; k++) {
            cr_assert(chmod(folders[k], rows[i].mode) == 0);
            if (rows[i].reason != NULL) {
                expect_refusal("state", rows[i].reason);
                expect_list_refusal("state", rows[i].reason);
            } else {
                EXPECT_INT(bench_append(cog_storage_posix(&posix), "journal/a", "x"), COG_OK);
            }
            cr_assert(chmod(folders[k], 0700) == 0);
        }
    }
}

Test(storage_trust, refuses_what_belongs_to_somebody_else)
{
    if (user != 0) {
        cr_skip_test("only root can give files away");
    }
    static const char *const entries[] = {"state", "state/journal", "state/journal/a"};
    make_folder("state", 0700);
    make_folder("state/journal", 0700);
    write_file("state/journal/a", "precious");
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        char reason[128];
        (void)snprintf(reason, sizeof reason,
                       "cannot use '%s': it belongs to user 12345, not to this one (0): 'chown' it",
                       entries[i]);
        cr_assert(chown(entries[i], SOMEBODY, SOMEBODY) == 0);

        expect_refusal("state", reason);

        cr_assert(chown(entries[i], 0, 0) == 0);
    }
    expect_text("state/journal/a", "precious");
}

static void make_link(const char *path)
{
    write_file("precious", "precious");
    cr_assert(symlink("../../precious", path) == 0);
}

static void make_device_link(const char *path)
{
    cr_assert(symlink("/dev/full", path) == 0);
}

static void make_fifo(const char *path)
{
    cr_assert(mkfifo(path, 0600) == 0);
}

static void make_private_folder(const char *path)
{
    make_folder(path, 0700);
}

static void make_shared_file(const char *path)
{
    write_file(path, "x");
    cr_assert(chmod(path, 0620) == 0);
}

Test(storage_trust, refuses_what_is_not_a_private_file_without_waiting_for_it)
{
    static const struct {
        void (*make)(const char *path);
        const char *reason;
    } rows[] = {
        {make_link, "cannot open 'state/journal/a': it is a symbolic link: move it away"},
        {make_device_link, "it is a symbolic link: move it away"},
        {make_fifo, "cannot use 'state/journal/a': not a regular file: move it away"},
        {make_private_folder, "'state/journal/a': "},
        {make_shared_file, "its mode 0620 lets others write to it: run 'chmod go-w' on it"},
    };
    make_folder("state", 0700);
    make_folder("state/journal", 0700);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        rows[i].make("state/journal/a");

        expect_refusal("state", rows[i].reason);

        cr_assert(remove("state/journal/a") == 0);
    }
    expect_text("precious", "precious");
}

Test(storage_trust, refuses_what_is_not_a_folder)
{
    make_folder("state", 0700);
    write_file("state/journal", "");

    expect_refusal("state", "cannot open folder 'state/journal': Not a directory");
    expect_list_refusal("state", "cannot open folder 'state/journal': Not a directory");

    write_file("file", "");
    expect_refusal("file", "cannot open folder 'file': Not a directory");
}

Test(storage_trust, refuses_a_folder_in_the_state_that_is_a_link)
{
    make_folder("state", 0700);
    make_folder("elsewhere", 0700);
    cr_assert(symlink("../elsewhere", "state/journal") == 0);

    expect_refusal("state", "cannot use folder 'state/journal': it is a symbolic link");

    EXPECT_INT(rmdir("elsewhere"), 0);
}

Test(storage_trust, names_the_folder_that_may_not_be_written_to)
{
    struct cog_storage_posix posix = {.directory = "state"};
    const struct cog_storage storage = cog_storage_posix(&posix);
    struct bench_script script = {.text = "x"};
    struct cog_error errors[3] = {0};
    become_nobody();
    EXPECT_INT(bench_update(storage, "journal/a", "old"), COG_OK);
    cr_assert(chmod("state/journal", 0500) == 0 && chmod("state", 0500) == 0);

    EXPECT_INT(cog_storage_append(storage, "journal/b", bench_composer(&script), &errors[0]),
               COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_update(storage, "journal/a", bench_composer(&script), &errors[1]),
               COG_ERROR_STORAGE);
    EXPECT_INT(cog_storage_probe(storage, "locks/a", &errors[2]), COG_ERROR_STORAGE);

    EXPECT_STR(errors[0].message, "cannot open 'state/journal/b': Permission denied");
    EXPECT_STR(errors[1].message, "cannot open 'state/journal/.a.tmp': Permission denied");
    EXPECT_STR(errors[2].message, "cannot make folder 'state/locks': Permission denied");
    bench_expect_content(storage, "journal/a", "old");
    cr_assert(chmod("state/journal", 0700) == 0 && chmod("state", 0700) == 0);
}

/* What lies where an update drafts its file is not written through. */
Test(storage_trust, makes_every_draft_anew)
{
    struct cog_storage_posix posix = {.directory = "state"};
    const struct cog_storage storage = cog_storage_posix(&posix);
    static const char draft[] = "state/journal/.a.tmp";
    write_file("precious", "precious");
    EXPECT_INT(bench_update(storage, "journal/a", "0"), COG_OK);

    cr_assert(symlink("../../precious", draft) == 0);
    EXPECT_INT(bench_update(storage, "journal/a", "1"), COG_OK);
    cr_assert(link("precious", draft) == 0);
    EXPECT_INT(bench_update(storage, "journal/a", "2"), COG_OK);
    cr_assert(mkfifo(draft, 0600) == 0);
    EXPECT_INT(bench_update(storage, "journal/a", "3"), COG_OK);

    bench_expect_content(storage, "journal/a", "3");
    expect_text("precious", "precious");
}

Test(storage_trust, says_what_is_in_the_way_of_a_draft)
{
    struct cog_storage_posix posix = {.directory = "state"};
    const struct cog_storage storage = cog_storage_posix(&posix);
    struct bench_script script = {.text = "new"};
    struct cog_error error = {0};
    EXPECT_INT(bench_update(storage, "journal/a", "old"), COG_OK);
    make_folder("state/journal/.a.tmp", 0700);

    const enum cog_code code =
        cog_storage_update(storage, "journal/a", bench_composer(&script), &error);

    EXPECT_INT(code, COG_ERROR_STORAGE);
    EXPECT_STR(error.message, "cannot remove 'state/journal/.a.tmp': Is a directory");
    bench_expect_content(storage, "journal/a", "old");
}
