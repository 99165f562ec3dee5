/** One request on its way through the API, and what all of them share. */
#ifndef MOCK_V1_VISIT_H
#define MOCK_V1_VISIT_H

#include "hooks/hooks.h"
#include "script/behaviour.h"
#include "stubs/stub.h"
#include "v1/rate.h"
#include "world/table.h"
#include "world/world.h"

#include <cogbase/stamp.h>
#include <cogmock/plan.h>

#define MOCK_API_BASE   "/api/v1"
#define MOCK_HOOKS_BASE "/hooks"

enum {
    MOCK_BODY_LENGTH_MAX = 1 << 20,
    MOCK_VISIT_WHY_SIZE = 160,
};

struct mock_route;

/** The API over one world. */
struct mock_api {
    struct mock_world *world;               /**< Owned. */
    const struct mock_behaviour *behaviour; /**< Borrowed. */
    int64_t start_unix_ms;                  /**< The wall clock at the world's 0. */
    char *prefix;                           /**< Owned; in front of paths that it tells. */
    char date[COG_STAMP_HTTP_SIZE];         /**< Of the last answer, and for which second: */
    int64_t date_unix_s;
    struct mock_table first_answers; /**< By the digest of the idempotency key. */
    struct mock_rate rate;
    struct mock_hooks hooks;
    struct mock_stubs stubs;
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
    int64_t token_number;           /**< Of the token that came with it; 0 for none known. */
    const char *token_client_id;    /**< Whose that is; borrowed from the world. NULL likewise. */
    int64_t issued_token;           /**< Number of the token that it was given; 0 for none. */
    const char *rule;               /**< Who refused it or answered; NULL for the world. */
    char why[MOCK_VISIT_WHY_SIZE];  /**< In a few words. */
};

void mock_visit_finish(struct mock_visit *visit);

/** Says who has decided the answer, and, when it is a refusal, why. @param rule borrowed */
void mock_visit_decide(struct mock_visit *visit, const char *rule, const struct mock_plan *plan);

/** NULL when the request has no such header, or only an empty one. */
const char *mock_request_header(const struct mock_request *request, const char *name);

/** Whether the Content-Type is that media type, with or without parameters. */
bool mock_request_has_type(const struct mock_request *request, const char *type);

/** The world's present time as a header `Date`. Valid until the next call. */
const char *mock_api_date(struct mock_api *api);

/** A world's time on the wall clock. */
int64_t mock_api_unix_ms(const struct mock_api *api, int64_t world_ms);

#endif
