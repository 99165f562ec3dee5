/** What the keys of the screen mean. */
#ifndef SCN_SCREEN_KEYS_H
#define SCN_SCREEN_KEYS_H

#include "drill/guided/screen_layout.h"

/** `{0}`: nothing was asked. */
struct scn_screen_keys {
    enum scn_screen_question question;
    bool shows_help;
};

/**
 * @param key a character; 3 for Ctrl-C, which asks as `a` does
 * @param out_order only where there is one
 * @return whether the person orders something
 */
bool scn_screen_keys_take(struct scn_screen_keys *keys, int key, enum scn_order *out_order);

#endif
