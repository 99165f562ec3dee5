#include <cogbase/patience.h>

#include <cogbase/duration.h>

/* A limit, and what to say when it was the first to be reached. */
struct limit {
    int64_t due_ms;
    int64_t duration_ms; /* 0: the deadline, which is no duration. */
    const char *what;
    const char *flag;
};

enum cog_code cog_patience_check_start(const struct cog_request *request, int64_t now_ms,
                                       struct cog_error *error)
{
    if (cog_cancel_is_requested(request->cancel)) {
        return cog_error_set(error, COG_ERROR_CANCELLED, "cancelled");
    }
    return request->deadline_ms > now_ms
               ? COG_OK
               : cog_error_set(error, COG_ERROR_DEADLINE, "the deadline has passed");
}

/* The earlier of a limit and one of `duration_ms` from `from_ms` on; 0 for none. */
static struct limit earlier(struct limit limit, int64_t from_ms, struct limit other)
{
    if (other.duration_ms <= 0 || other.duration_ms >= limit.due_ms - from_ms) {
        return limit;
    }
    other.due_ms = from_ms + other.duration_ms;
    return other;
}

static struct limit first_limit(const struct cog_patience *patience)
{
    const struct limit deadline = {.due_ms = patience->request->deadline_ms};
    const struct limit request = {
        .duration_ms = patience->request->timeout_ms,
        .what = patience->is_connected ? "no whole answer within" : "no connection within",
        .flag = "--request-timeout",
    };
    const struct limit connect = {
        .duration_ms = patience->connect_timeout_ms,
        .what = "no connection within",
        .flag = "--connect-timeout",
    };
    const struct limit idle = {
        .duration_ms = patience->idle_timeout_ms,
        .what = "not a byte moved for",
        .flag = "--idle-timeout",
    };
    const struct limit limit = earlier(deadline, patience->start_ms, request);
    return patience->is_connected ? earlier(limit, patience->active_ms, idle)
                                  : earlier(limit, patience->start_ms, connect);
}

int64_t cog_patience_until_ms(const struct cog_patience *patience)
{
    return first_limit(patience).due_ms;
}

enum cog_code cog_patience_fail(const struct cog_patience *patience, struct cog_error *error)
{
    const struct limit limit = first_limit(patience);
    if (limit.what == NULL) {
        return patience->is_sent
                   ? cog_error_set(error, COG_ERROR_TIMEOUT, "no answer before the deadline")
                   : cog_error_set(error, COG_ERROR_DEADLINE, "no connection before the deadline");
    }
    char duration[COG_DURATION_TEXT_SIZE];
    return cog_error_set(error, patience->is_sent ? COG_ERROR_TIMEOUT : COG_ERROR_UNREACHABLE,
                         "%s %s (%s)", limit.what, cog_duration_format(limit.duration_ms, duration),
                         limit.flag);
}

enum cog_code cog_patience_fail_cancelled(const struct cog_patience *patience,
                                          struct cog_error *error)
{
    return patience->request->acting && patience->is_sent
               ? cog_error_set(error, COG_ERROR_NETWORK, "interrupted after it was sent")
               : cog_error_set(error, COG_ERROR_CANCELLED, "cancelled");
}
