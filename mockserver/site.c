#include <cogmock/site.h>

static struct mock_server *find(void *context, const char *target, size_t *out_skipped_length)
{
    (void)target;
    *out_skipped_length = 0;
    return context;
}

static enum cog_code answer(void *context, const struct mock_request *request,
                            struct mock_plan *out_plan, struct cog_error *error)
{
    return mock_handle(context, request, out_plan, error);
}

static struct mock_server *outer(void *context)
{
    return context;
}

struct mock_site mock_site_of_server(struct mock_server *server)
{
    static const struct mock_site_ops ops = {.find = find, .answer = answer, .outer = outer};
    return (struct mock_site){&ops, server};
}
