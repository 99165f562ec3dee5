/**
 * Injects: what a scenario does to its server behind the client's back, at a moment that the seed
 * draws. The word is that of exercises (NIST SP 800-84): something is told, or happens, and people
 * have to deal with it.
 */
#ifndef COGMOCK_INJECTS_H
#define COGMOCK_INJECTS_H

#include <cogmock/server.h>

#include <stddef.h>
#include <stdint.h>

enum { MOCK_INJECTS_MAX = 16 };

enum mock_inject_status {
    MOCK_INJECT_WAITING, /**< For the call that it comes after. */
    MOCK_INJECT_SET,     /**< Its moment is known. */
    MOCK_INJECT_STRUCK,
    MOCK_INJECT_FAILED, /**< It could do nothing when it struck: no job ran, or too much is armed.
                         */
};

/** "waiting", "set", "struck", "failed" */
const char *mock_inject_status_name(enum mock_inject_status status);

/** One inject of the script. Texts are borrowed from the server. */
struct mock_inject_state {
    const char *name;        /**< A word; no two share one. */
    const char *text;        /**< For people; "" for none. */
    const char *description; /**< What it does: "the job fails: …; 1 fault; server: oauth". */
    const char *after;       /**< The call that it comes after; NULL: the start. */
    int64_t earliest_ms;     /**< After that; the moment is drawn from this on, */
    int64_t latest_ms;       /**< up to this. */
    enum mock_inject_status status;
    int64_t due_ms;      /**< On the server's clock; -1 as long as it waits. */
    int64_t struck_ms;   /**< Likewise; -1 before. */
    const char *failure; /**< Why it could do nothing; "" for none. */
    bool is_by_hand;     /**< Somebody let it strike. */
};

size_t mock_server_inject_count(const struct mock_server *server);

/** In the file's order. @param index below the count */
struct mock_inject_state mock_server_inject(const struct mock_server *server, size_t index);

/**
 * Lets it strike now, whatever it waits for.
 *
 * @return COG_OK, also when it could do nothing; COG_ERROR_NOT_FOUND (no such name),
 *         COG_ERROR_REFUSED (it has struck), COG_ERROR_MEMORY
 */
enum cog_code mock_server_inject_strike(struct mock_server *server, const char *name,
                                        struct cog_error *error) COG_CHECK;

/** When the next one strikes, on the server's clock; INT64_MAX for none that is set. */
int64_t mock_server_inject_next_ms(const struct mock_server *server);

#endif
