/** A transport that answers from a script and keeps what it was sent. */
#ifndef SUPPORT_SCRIPTED_TRANSPORT_H
#define SUPPORT_SCRIPTED_TRANSPORT_H

#include <cogpromote/clock.h>
#include <cogpromote/transport.h>

enum {
    SCRIPTED_ANSWERS_MAX = 16,
    SCRIPTED_HEADERS_MAX = 4,
    SCRIPTED_TEXT_SIZE = 2048,
};

/** Either a failure (`code`) or an answer (`status`); `{0}` ends the script. */
struct scripted_answer {
    enum cog_code code;
    int status;
    const char *message; /**< Of a failure. */
    bool is_lasting;     /**< The same. */
    struct cog_header headers[SCRIPTED_HEADERS_MAX];
    const char *body; /**< NULL for an empty one. */
    int64_t takes_ms; /**< How far it moves the clock. */
};

struct scripted_request {
    char call[32];
    char method[8];
    char url[512];
    char headers[SCRIPTED_TEXT_SIZE]; /**< "\nName: value\nName: value\n" */
    char body[SCRIPTED_TEXT_SIZE];
    bool has_body;
    bool acting;
    enum cog_authentication authentication;
    int attempts_max;
    int64_t timeout_ms;
    int64_t deadline_ms;
    int64_t sent_ms; /**< On the clock, where there is one. */
};

/** Fill the first group; what comes behind the script's end is COG_ERROR_INTERNAL. */
struct scripted_transport {
    struct scripted_answer answers[SCRIPTED_ANSWERS_MAX];
    struct cog_clock_virtual *clock; /**< May be NULL. */
    void (*on_send)(void *context);  /**< May be NULL; called with each request. */
    void *on_send_context;

    size_t request_count;
    struct scripted_request requests[SCRIPTED_ANSWERS_MAX];
};

struct cog_transport scripted_transport(struct scripted_transport *script);

#endif
