#include "drill/guided/screen_keys.h"

enum { CONTROL_C = 3 };

/* Whatever is no yes is a no. */
static bool answer(struct scn_screen_keys *keys, int key, enum scn_order *out_order)
{
    const enum scn_order order =
        keys->question == SCN_SCREEN_ASKS_DONE ? SCN_ORDER_DONE : SCN_ORDER_ABORT;
    keys->question = SCN_SCREEN_NO_QUESTION;
    if (key != 'y' && key != 'Y') {
        return false;
    }
    *out_order = order;
    return true;
}

bool scn_screen_keys_take(struct scn_screen_keys *keys, int key, enum scn_order *out_order)
{
    if (keys->question != SCN_SCREEN_NO_QUESTION) {
        return answer(keys, key, out_order);
    }
    const bool had_help = keys->shows_help;
    keys->shows_help = false;
    switch (key) {
    case 'h':
    case 'H':
        *out_order = SCN_ORDER_HINT;
        return true;
    case 'd':
    case 'D':
        keys->question = SCN_SCREEN_ASKS_DONE;
        return false;
    case 'a':
    case 'A':
    case 'q':
    case 'Q':
    case CONTROL_C:
        keys->question = SCN_SCREEN_ASKS_ABORT;
        return false;
    case '?':
        keys->shows_help = !had_help;
        return false;
    default:
        return false;
    }
}
