/** One request to the control plane, and what its handlers share. */
#ifndef MOCK_CONTROL_CALL_H
#define MOCK_CONTROL_CALL_H

#include "events/hub.h"
#include "metrics.h"
#include "observed.h"
#include "v1/answer.h"
#include "v1/body.h"
#include "v1/problem.h"
#include "v1/status.h"

#include <cogbase/document.h>
#include <cogmock/control.h>
#include <cogpromote/storage.h>

struct mock_control {
    struct mock_tenants *tenants; /**< Borrowed. */
    struct cog_clock clock;
    int64_t start_ms;
    const char *version; /**< Borrowed. */
    char *token;         /**< Owned; NULL for none. */
    char *host;          /**< Owned; NULL for none. */
    char *state_folder;  /**< Owned; NULL for none. */
    bool is_tls;
    bool has_observers;
    struct mock_metrics *metrics; /**< Borrowed from the tenants. */
    struct cog_storage_posix storage_folder;
    struct mock_hub hub;           /**< Of events. */
    struct mock_hub observers_hub; /**< Of those that observers are told. */
};

struct mock_control_route;

/** What somebody may use. */
enum mock_control_access {
    MOCK_CONTROL_ACCESS_NONE,     /**< What is open for everybody. */
    MOCK_CONTROL_ACCESS_OBSERVER, /**< Also what observers may see. */
    MOCK_CONTROL_ACCESS_ALL,
};

struct mock_control_call {
    struct mock_control *control;
    const struct mock_request *request;
    const struct mock_control_route *route;
    enum mock_control_access access;
    struct mock_tenant *tenant;   /**< That the path names; NULL where it names none. */
    char *tenant_name;            /**< Owned; decoded. */
    char *id;                     /**< Owned; the path's second name, decoded; NULL for none. */
    const char *query;            /**< Behind '?'; "" for none. */
    struct cog_document document; /**< The body, of a route that takes one. */
};

/** What the path must lead to before the handler is called. */
enum mock_control_tenant {
    MOCK_CONTROL_TENANT_NONE,  /**< The path names none. */
    MOCK_CONTROL_TENANT_MADE,  /**< Made on first use. */
    MOCK_CONTROL_TENANT_KNOWN, /**< Has to be there already: 404. */
    MOCK_CONTROL_TENANT_NAMED, /**< The handler looks for it. */
};

struct mock_control_route {
    const char *method;
    const char *pattern; /**< Behind "/__mock/v1"; "{tenant}" and "{id}" stand for one segment. */
    enum mock_control_tenant tenant;
    bool takes_body;       /**< A JSON object or array of them. */
    bool is_open;          /**< For everybody, without a token. */
    bool is_for_observers; /**< Shows them what mock_control_view() says; a GET. */

    /** Fills the empty plan. @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL */
    enum cog_code (*handle)(struct mock_control_call *call, struct mock_plan *plan);
};

/* The routes, one file a resource; each ends with a route without method. */
extern const struct mock_control_route mock_control_clock_routes[];
extern const struct mock_control_route mock_control_conduct_routes[];
extern const struct mock_control_route mock_control_events_routes[];
extern const struct mock_control_route mock_control_faults_routes[];
extern const struct mock_control_route mock_control_health_routes[];
extern const struct mock_control_route mock_control_hooks_routes[];
extern const struct mock_control_route mock_control_injects_routes[];
extern const struct mock_control_route mock_control_metrics_routes[];
extern const struct mock_control_route mock_control_openapi_routes[];
extern const struct mock_control_route mock_control_requests_routes[];
extern const struct mock_control_route mock_control_state_routes[];
extern const struct mock_control_route mock_control_stubs_routes[];
extern const struct mock_control_route mock_control_tenants_routes[];
extern const struct mock_control_route mock_control_tokens_routes[];
extern const struct mock_control_route mock_control_verification_routes[];
extern const struct mock_control_route mock_control_world_routes[];

/** All of the above; ends with NULL. */
extern const struct mock_control_route *const mock_control_routes[];

void mock_control_call_finish(struct mock_control_call *call);

/** Fills the plan with a problem that says what `error` says. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_control_refuse(struct mock_plan *plan, int status,
                                  const struct cog_error *error) COG_CHECK;

/**
 * Answers with what a failed operation says: 400 for text that is wrong, 404, 409, 507.
 *
 * @return COG_OK, COG_ERROR_MEMORY, or `code` when it is not the caller's fault
 */
enum cog_code mock_control_refuse_code(struct mock_plan *plan, enum cog_code code,
                                       const struct cog_error *error) COG_CHECK;

/** As above, of a problem that needs no more than words. */
enum cog_code mock_control_refuse_text(struct mock_plan *plan, int status, const char *format,
                                       ...) COG_CHECK COG_PRINTF(3, 4);

/** For whom the answer is. */
enum mock_view mock_control_view(const struct mock_control_call *call);

/** The tenant's server, brought to the present time first. */
struct mock_server *mock_control_server(const struct mock_control_call *call);

/** Tells who listens of something that was done by hand. @param fields of an event of that kind */
void mock_control_tell(const struct mock_control_call *call, const char *kind,
                       const struct cog_log_field *fields, size_t field_count);

/** 204. @return COG_OK */
enum cog_code mock_control_answer_nothing(struct mock_plan *plan) COG_CHECK;

/**
 * The value of a parameter in the query, decoded; NULL when it is not there.
 *
 * @param out_value owned by the caller
 * @return COG_OK, COG_ERROR_SYNTAX (bad percent-encoding), COG_ERROR_MEMORY
 */
enum cog_code mock_control_query(const struct mock_control_call *call, const char *name,
                                 char **out_value, struct cog_error *error) COG_CHECK;

#endif
