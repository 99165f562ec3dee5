#include "drill/guided/safety.h"

#include "../base/folder.h"
#include "support/expect.h"

#include <cogbase/text.h>
#include <criterion/criterion.h>

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(drill_safety, .timeout = 5.0);

enum { PATH_SIZE = 128 };

static enum cog_code check(const char *api_base, const char *against)
{
    bool is_real = false;
    return scn_safety_check(api_base, against, &is_real, NULL);
}

Test(drill_safety, lets_this_machine_pass)
{
    static const char *const addresses[] = {
        "http://127.0.0.1:8080/api/v1",
        "http://127.0.0.1/api/v1",
        "http://127.1.2.3:1/t/one/api/v1",
        "http://localhost:8080/api/v1",
        "http://LOCALHOST:8080/api/v1",
        "https://[::1]:8443/api/v1",
        NULL,
    };
    for (size_t i = 0; addresses[i] != NULL; i++) {
        bool is_real = true;

        cr_expect(scn_safety_check(addresses[i], NULL, &is_real, NULL) == COG_OK, "%s",
                  addresses[i]);
        cr_expect(!is_real, "%s", addresses[i]);
    }
}

Test(drill_safety, refuses_what_only_looks_like_this_machine)
{
    static const char *const addresses[] = {
        "http://127.0.0.1@evil.example/api/v1",
        "http://localhost:8080@evil.example/api/v1",
        "http://user@127.0.0.1/api/v1",
        "http://127.0.0.1.evil.example/api/v1",
        "http://localhost.evil.example/api/v1",
        "http://127.0.0.1.:8080/api/v1",
        "http://localhost./api/v1",
        "http://2130706433/api/v1",
        "http://0x7f000001/api/v1",
        "http://0177.0.0.1/api/v1",
        "http://127.1/api/v1",
        "http://127.0.0.01/api/v1",
        "http://127.0.0.256/api/v1",
        "http://0.0.0.0/api/v1",
        "http://128.0.0.1/api/v1",
        "http://[::ffff:10.0.0.1]/api/v1",
        "http://[::]/api/v1",
        "http://127.0.0.1\\@evil.example/api/v1",
        "http://evil.example#@127.0.0.1/api/v1",
        "http://evil.example/127.0.0.1",
        "http:evil.example",
        "ftp://127.0.0.1/api/v1",
        "file:///etc/passwd",
        "127.0.0.1:8080",
        "",
        NULL,
    };
    for (size_t i = 0; addresses[i] != NULL; i++) {
        cr_expect(check(addresses[i], NULL) == COG_ERROR_CONFIGURATION, "%s", addresses[i]);
    }
}

Test(drill_safety, lets_a_tenant_pass_whose_host_was_typed_in_full)
{
    bool is_real = false;

    const enum cog_code code =
        scn_safety_check("https://api.example.com/api/v1", "api.example.com", &is_real, NULL);

    EXPECT_INT(code, COG_OK);
    cr_expect(is_real);
}

Test(drill_safety, refuses_a_tenant_whose_host_was_typed_otherwise)
{
    static const char *const typed[] = {
        "example.com", "api.example.com.", "API.example.com", "api.example.co", "", "yes", NULL,
    };
    for (size_t i = 0; typed[i] != NULL; i++) {
        cr_expect(check("https://api.example.com/api/v1", typed[i]) == COG_ERROR_CONFIGURATION,
                  "%s", typed[i]);
    }
}

Test(drill_safety, says_what_to_type_for_a_tenant)
{
    struct cog_error error = {0};
    bool is_real = false;

    const enum cog_code code =
        scn_safety_check("https://api.example.com/api/v1", NULL, &is_real, &error);

    EXPECT_INT(code, COG_ERROR_CONFIGURATION);
    EXPECT_CONTAINS(error.message, "--against-real-tenant api.example.com");
}

/* A home with the state of real promotions in it. */
struct home {
    char path[FOLDER_PATH_SIZE];
    char variable[PATH_SIZE];
    char *environment[2];
};

static void home_init(struct home *home)
{
    folder_enter(home->path);
    (void)snprintf(home->variable, sizeof home->variable, "HOME=%s", home->path);
    home->environment[0] = home->variable;
    home->environment[1] = NULL;
    cr_assert(mkdir(".local", 0700) == 0 && mkdir(".local/state", 0700) == 0 &&
              mkdir(".local/state/cogpromote", 0700) == 0);
}

static enum cog_code check_in_home(const struct home *home, const char *name)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/%s", home->path, name);
    return scn_safety_check_folder(path, home->environment, NULL);
}

Test(drill_safety, refuses_a_folder_at_the_state_of_real_promotions)
{
    static const char *const names[] = {
        ".local/state/cogpromote",
        ".local/state/cogpromote/",
        ".local/state/cogpromote/drill",
        ".local/state/cogpromote/not/there/yet",
        ".local/state",
        ".local/state/other/../cogpromote",
        ".",
        NULL,
    };
    struct home home;
    home_init(&home);
    for (size_t i = 0; names[i] != NULL; i++) {
        cr_expect(check_in_home(&home, names[i]) == COG_ERROR_CONFIGURATION, "%s", names[i]);
    }
    folder_leave(home.path);
}

Test(drill_safety, follows_links_to_the_state_of_real_promotions)
{
    struct home home;
    home_init(&home);
    cr_assert(symlink(".local/state", "link") == 0);

    cr_expect(check_in_home(&home, "link/cogpromote") == COG_ERROR_CONFIGURATION);
    cr_expect(check_in_home(&home, "link/cogpromote/new") == COG_ERROR_CONFIGURATION);
    cr_expect(check_in_home(&home, "link/cogdrill/new") == COG_OK);
    folder_leave(home.path);
}

Test(drill_safety, lets_a_folder_beside_it_pass)
{
    static const char *const names[] = {
        ".local/state/cogdrill/drills/one",
        ".local/state/cogpromote-drills",
        "drills",
        NULL,
    };
    struct home home;
    home_init(&home);
    for (size_t i = 0; names[i] != NULL; i++) {
        cr_expect(check_in_home(&home, names[i]) == COG_OK, "%s", names[i]);
    }
    folder_leave(home.path);
}

Test(drill_safety, asks_all_variables_that_say_where_the_state_is)
{
    struct home home;
    char state[PATH_SIZE];
    char base[PATH_SIZE];
    home_init(&home);
    (void)snprintf(state, sizeof state, "COGPROMOTE_STATE_DIR=%s/real", home.path);
    (void)snprintf(base, sizeof base, "XDG_STATE_HOME=%s/base", home.path);
    char *environment[] = {home.variable, state, base, NULL};
    static const char *const names[] = {"real/x", "base/cogpromote/x", NULL};

    for (size_t i = 0; names[i] != NULL; i++) {
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof path, "%s/%s", home.path, names[i]);
        cr_expect(scn_safety_check_folder(path, environment, NULL) == COG_ERROR_CONFIGURATION, "%s",
                  names[i]);
    }
    folder_leave(home.path);
}
