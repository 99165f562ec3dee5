/** The transport seam: one HTTP exchange. Layers (retry, auth, record) are transports too. */
#ifndef COGPROMOTE_TRANSPORT_H
#define COGPROMOTE_TRANSPORT_H

#include <cogpromote/cancel.h>
#include <cogpromote/error.h>
#include <cogpromote/random.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    COG_RESPONSE_BODY_LENGTH_MAX = 1 << 20,
    COG_RESPONSE_HEADERS_LENGTH_MAX = 64 << 10,
};

struct cog_header {
    const char *name;
    const char *value;
};

/** What the attempts of one logical call have in common; the layers keep it, from `{0}` on. */
struct cog_exchange {
    char request_id[COG_UUID_SIZE]; /**< The same over all attempts. */
    int attempt;                    /**< Requests sent so far: the first one is attempt 1. */
};

/** How a request is authenticated. */
enum cog_authentication {
    COG_AUTHENTICATION_NONE,   /**< As it is: the webhook, and the token request's own Basic. */
    COG_AUTHENTICATION_BEARER, /**< The auth layer adds a fresh token to each attempt. */
};

/** One HTTP request. Every pointer is borrowed for the duration of the send. */
struct cog_request {
    const char *call;   /**< The logical call's name, for logs: "promote", "status", … */
    const char *method; /**< "GET" or "POST". */
    const char *url;    /**< Absolute. */
    const struct cog_header *headers;
    size_t header_count;
    const char *body; /**< UTF-8; NULL for none. */
    size_t body_length;
    enum cog_authentication authentication;
    bool acting;         /**< Repeating it could do something twice: never repeat unasked. */
    int attempts_max;    /**< For this call; 0 means the retry layer's own limit. */
    int64_t timeout_ms;  /**< For one attempt; must be > 0. */
    int64_t deadline_ms; /**< Monotonic; no attempt and no wait may cross it. */
    const struct cog_cancel *cancel; /**< May be NULL. */
    struct cog_exchange *exchange;   /**< NULL: the outermost layer supplies one. */
};

/** One HTTP answer. `{0}` is empty and safe to finish. */
struct cog_response {
    int status;
    struct cog_response_header {
        char *name;
        char *value;
    } * headers; /**< Owned, in the order of arrival. */
    size_t header_count;
    char *body;         /**< Owned, NUL-terminated; never NULL after a successful send. */
    size_t body_length; /**< In bytes, without the NUL. */
};

/** Releases what `response` owns and makes it empty again. */
COG_API void cog_response_finish(struct cog_response *response);

/** The first header of that name, compared without letter case; NULL when absent. */
COG_API const char *cog_response_header(const struct cog_response *response, const char *name);

/** Copies a header to the end of the list. @return COG_OK or COG_ERROR_MEMORY */
COG_API enum cog_code cog_response_header_append(struct cog_response *response, const char *name,
                                                 size_t name_length, const char *value,
                                                 size_t value_length) COG_CHECK;

struct cog_transport_ops {
    /**
     * Sends and waits for at most `request->timeout_ms`, and not past `request->deadline_ms`.
     * Any HTTP status is COG_OK. Fills `out_response` only on COG_OK and `error`, which may be
     * NULL, only on failure.
     *
     * @return COG_OK, COG_ERROR_UNREACHABLE, COG_ERROR_TIMEOUT, COG_ERROR_NETWORK,
     *         COG_ERROR_PROTOCOL (not HTTP, or over a limit), COG_ERROR_CANCELLED,
     *         COG_ERROR_DEADLINE, COG_ERROR_MEMORY, COG_ERROR_INTERNAL, COG_ERROR_ARGUMENT,
     *         COG_ERROR_CONFIGURATION (a certificate file of ours; nothing was sent)
     */
    enum cog_code (*send)(void *context, const struct cog_request *request,
                          struct cog_response *out_response, struct cog_error *error);
};

/** A borrowed reference to some transport: pass it by value, never release it. */
struct cog_transport {
    const struct cog_transport_ops *ops;
    void *context;
};

COG_API enum cog_code cog_transport_send(struct cog_transport transport,
                                         const struct cog_request *request,
                                         struct cog_response *out_response,
                                         struct cog_error *error) COG_CHECK;

#endif
