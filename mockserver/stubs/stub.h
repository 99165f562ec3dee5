/** An answer for a path that the API does not have. */
#ifndef MOCK_STUBS_STUB_H
#define MOCK_STUBS_STUB_H

#include <cogmock/plan.h>

enum {
    MOCK_STUBS_MAX = 256,          /**< Of one tenant. */
    MOCK_STUBS_SIZE_MAX = 2 << 20, /**< Of what they answer together, in bytes. */
    MOCK_STUB_METHOD_SIZE = 32,
    MOCK_STUB_PATH_SIZE = 513,
    MOCK_STUB_HEADERS_MAX = 32,
    MOCK_STUB_TIMES_MAX = 1000000,
    MOCK_STUB_ID_SIZE = 24,
};

/** `{0}` is safe to finish. */
struct mock_stub {
    uint64_t number;                    /**< "s-1"; 0 before it has its place in a list. */
    char method[MOCK_STUB_METHOD_SIZE]; /**< "" for any. */
    char path[MOCK_STUB_PATH_SIZE];     /**< Without the query, and without the '*' behind it. */
    bool is_prefix;                     /**< A '*' stood there: it may go on in any way. */
    struct mock_plan answer;            /**< Status, headers, body, delay. Owned. */
    int64_t times;                      /**< So often, then it is as if it were not there; -1: ever.
                                         */
    int64_t struck_count;
};

/** `{0}` is empty and safe to finish. The first one that fits answers. */
struct mock_stubs {
    struct mock_stub *items; /**< Owned. */
    size_t count;
    uint64_t last_number;
};

void mock_stub_finish(struct mock_stub *stub);

/** "s-1". Returns `buffer`. */
const char *mock_stub_id(const struct mock_stub *stub, char buffer[MOCK_STUB_ID_SIZE]);

void mock_stubs_finish(struct mock_stubs *stubs);

/**
 * Moves a stub to the end.
 *
 * @param stub empty afterwards, unless it fails
 * @param out_stub borrowed until the next change; may be NULL
 * @return COG_OK, COG_ERROR_REFUSED (MOCK_STUBS_MAX, MOCK_STUBS_SIZE_MAX), COG_ERROR_MEMORY
 */
enum cog_code mock_stubs_append(struct mock_stubs *stubs, struct mock_stub *stub,
                                const struct mock_stub **out_stub,
                                struct cog_error *error) COG_CHECK;

/** A copy of each of `others` goes to the end. @return as mock_stubs_append */
enum cog_code mock_stubs_append_copies(struct mock_stubs *stubs, const struct mock_stubs *others,
                                       struct cog_error *error) COG_CHECK;

/** Borrowed until the next change; NULL when there is none of that id. */
const struct mock_stub *mock_stubs_find(const struct mock_stubs *stubs, const char *id);

/** Takes them out. @param id NULL for all @return whether there was one of that id */
bool mock_stubs_remove(struct mock_stubs *stubs, const char *id);

/** The stub that answers such a request; NULL for none. @param target with the query */
struct mock_stub *mock_stubs_match(const struct mock_stubs *stubs, const char *method,
                                   const char *target);

#endif
