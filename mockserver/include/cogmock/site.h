/** What an adapter serves: one server, or many tenants with the control plane beside them. */
#ifndef COGMOCK_SITE_H
#define COGMOCK_SITE_H

#include <cogmock/server.h>

struct mock_site_ops {
    /**
     * Which server a request is for.
     *
     * @param out_skipped_length of the target: the part in front that only names the tenant
     * @return borrowed; NULL when the site itself answers
     */
    struct mock_server *(*find)(void *context, const char *target, size_t *out_skipped_length);

    /**
     * Answers what is for no server: the control plane, and tenants that cannot be.
     *
     * @return COG_OK, with a plan for every request however wrong; COG_ERROR_MEMORY;
     *         COG_ERROR_INTERNAL
     */
    enum cog_code (*answer)(void *context, const struct mock_request *request,
                            struct mock_plan *out_plan, struct cog_error *error);

    /** The server whose outages close the port; borrowed. */
    struct mock_server *(*outer)(void *context);
};

/** A borrowed reference to some site: pass it by value, never release it. */
struct mock_site {
    const struct mock_site_ops *ops;
    void *context;
};

/** A site with that server alone. */
struct mock_site mock_site_of_server(struct mock_server *server);

#endif
