/* What the keys of a guided drill's screen do. */
#include "drill/guided/screen_keys.h"
#include "support/expect.h"

TestSuite(screen_keys, .timeout = 5.0);

enum { NOTHING = -1 };

/* The order that comes of a key, or NOTHING. */
static int press(struct scn_screen_keys *keys, int key)
{
    enum scn_order order = SCN_ORDER_HINT;
    return scn_screen_keys_take(keys, key, &order) ? (int)order : NOTHING;
}

Test(screen_keys, give_a_hint_at_once)
{
    struct scn_screen_keys keys = {0};

    EXPECT_INT(press(&keys, 'h'), SCN_ORDER_HINT);
}

Test(screen_keys, abort_only_after_a_yes)
{
    static const int aborting[] = {'a', 'q', 3};
    for (size_t i = 0; i < sizeof aborting / sizeof aborting[0]; i++) {
        struct scn_screen_keys keys = {0};

        EXPECT_INT(press(&keys, aborting[i]), NOTHING);
        EXPECT_INT(keys.question, SCN_SCREEN_ASKS_ABORT);
        EXPECT_INT(press(&keys, 'y'), SCN_ORDER_ABORT);
    }
}

Test(screen_keys, take_anything_but_yes_for_a_no)
{
    struct scn_screen_keys keys = {.question = SCN_SCREEN_ASKS_ABORT};

    EXPECT_INT(press(&keys, 'h'), NOTHING);
    EXPECT_INT(keys.question, SCN_SCREEN_NO_QUESTION);
}

Test(screen_keys, end_the_drill_after_a_yes)
{
    struct scn_screen_keys keys = {0};

    EXPECT_INT(press(&keys, 'd'), NOTHING);
    EXPECT_INT(press(&keys, 'y'), SCN_ORDER_DONE);
}

Test(screen_keys, show_help_until_the_next_key)
{
    struct scn_screen_keys keys = {0};

    (void)press(&keys, '?');
    cr_expect(keys.shows_help);
    (void)press(&keys, 'x');
    cr_expect(!keys.shows_help);
}
