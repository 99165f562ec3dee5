/** The API's paths, and who answers them. */
#ifndef MOCK_V1_ROUTES_H
#define MOCK_V1_ROUTES_H

#include "script/call.h"
#include "v1/visit.h"

/** Who a request must come from. */
enum mock_access {
    MOCK_ACCESS_OPEN,   /**< Anybody: the webhook's receiver. */
    MOCK_ACCESS_CLIENT, /**< Basic authentication, which the handler checks itself. */
    MOCK_ACCESS_BEARER, /**< A token with the route's scopes. */
};

struct mock_route {
    enum mock_call call;
    const char *method;
    const char *pattern; /**< With the base; "{id}" stands for one segment. */
    enum mock_access access;
    unsigned scopes;  /**< All of them are needed. */
    const char *type; /**< The media type that the body must have; NULL for any. */
    bool is_decided;  /**< Not fixed by the founding document: absent from a seed server. */
    bool is_keyed;    /**< Idempotency-Key counts. */

    /** Fills the empty plan. @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL */
    enum cog_code (*handle)(struct mock_visit *visit, struct mock_plan *plan);
};

/** What a path leads to. */
struct mock_route_match {
    const struct mock_route *route; /**< NULL when path or method are unknown. */
    const struct mock_route *other; /**< The path's route when only the method is unknown. */
    const char *id;                 /**< In the path, still encoded; NULL for none. */
    size_t id_length;
};

struct mock_route_match mock_route_find(const char *method, const char *target);

/* The handlers, one file a resource. */
enum cog_code mock_v1_token(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_introspect(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_health(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_sessions(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_environment(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_metrics(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_simulate(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_promote(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_status(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_rollback(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_cancel(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_deployments(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_versions(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_webhook(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;
enum cog_code mock_v1_stub(struct mock_visit *visit, struct mock_plan *plan) COG_CHECK;

/** The route of a stub that answers such a request; NULL for none. */
const struct mock_route *mock_v1_stub_find(const struct mock_api *api,
                                           const struct mock_request *request);

#endif
