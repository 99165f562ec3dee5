/** The member `second` of `client`: somebody else who runs the client at the same target. */
#ifndef SCN_SECOND_H
#define SCN_SECOND_H

#include <cogbase/document.h>

enum { SCN_TURNS_MAX = 64, SCN_TURN_MAX = 1000000 };

/**
 * A schedule of two operators: the choices at which the turn passes to the other one, by their
 * numbers, from 1 and ascending. At all others whoever has the turn keeps it.
 */
struct scn_turns {
    int items[SCN_TURNS_MAX];
    size_t count;
};

/** `{0}` is nobody. */
struct scn_second {
    bool is_there;
    bool is_elsewhere; /**< On another machine, with a state folder and so with locks of its own. */
    int64_t starts_ms; /**< Since the start. */
    const cJSON *options; /**< On top of the first one's; NULL for none. Borrowed. */
    struct scn_turns turns;
};

/**
 * Reads it, if it is there; it replaces what was read before.
 *
 * @param client the member `client`
 * @return COG_OK or COG_ERROR_SYNTAX
 */
enum cog_code scn_second_parse(const struct cog_document *document, const cJSON *client,
                               struct scn_second *inout_second, struct cog_error *error) COG_CHECK;

#endif
