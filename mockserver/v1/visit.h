/** One request on its way through the API, and what all of them share. */
#ifndef MOCK_V1_VISIT_H
#define MOCK_V1_VISIT_H

#include "script/behaviour.h"
#include "world/world.h"

#include <cogmock/plan.h>

#define MOCK_API_BASE   "/api/v1"
#define MOCK_HOOKS_BASE "/hooks"

enum { MOCK_BODY_LENGTH_MAX = 1 << 20 };

struct mock_route;

/** The API over one world. */
struct mock_api {
    struct mock_world *world;               /**< Owned. */
    const struct mock_behaviour *behaviour; /**< Borrowed. */
    int64_t start_unix_ms;                  /**< The wall clock at the world's 0. */
    struct mock_table first_answers;        /**< By idempotency key. */
    int64_t rate_window;                    /**< Number of the present window. */
    int rate_count;                         /**< Requests in it. */
};

/** Everything is borrowed but `id`. */
struct mock_visit {
    struct mock_api *api;
    const struct mock_request *request;
    const struct mock_route *route; /**< NULL when the API has no such path or method. */
    const char *path;               /**< Behind the base, as on the wire; with the query. */
    const char *query;              /**< Behind '?'; "" for none. */
    char *id;                       /**< Owned; the decoded id in the path; NULL for none. */
    bool applied;                   /**< The world was asked. */
};

void mock_visit_finish(struct mock_visit *visit);

/** NULL when the request has no such header, or only an empty one. */
const char *mock_request_header(const struct mock_request *request, const char *name);

/** Whether the Content-Type is that media type, with or without parameters. */
bool mock_request_has_type(const struct mock_request *request, const char *type);

/** A world's time on the wall clock. */
int64_t mock_api_unix_ms(const struct mock_api *api, int64_t world_ms);

#endif
