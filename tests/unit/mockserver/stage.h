/** A fake on a virtual clock, and somebody who sends it requests without sockets. */
#ifndef MOCKSERVER_STAGE_H
#define MOCKSERVER_STAGE_H

#include <cjson/cJSON.h>
#include <cogmock/server.h>
#include <cogmock/truth.h>

#include <stdbool.h>

/** 2026-01-01T00:00:00Z */
#define STAGE_START_UNIX_MS INT64_C(1767225600000)

/** A whole promotion of the default world, as the founding document has it. */
#define STAGE_PROMOTION                                                                            \
    "{\"source_environment_id\":\"env-source\",\"target_environment_id\":\"env-target\","          \
    "\"resolve_dependencies\":true,\"sync_configuration\":true,"                                   \
    "\"platform_version_compatibility\":\"v1.18.0\",\"override_active_sessions\":false,"           \
    "\"include_webhooks\":true,\"include_integrations\":true}"

enum { STAGE_HEADERS_MAX = 8 };

struct stage {
    struct cog_clock_virtual clock;
    struct mock_script *script;
    struct mock_server *server;
    char token[128];          /**< Sent as bearer token; empty for none. */
    const char *content_type; /**< Of requests with a body. */
    struct mock_header headers[STAGE_HEADERS_MAX];
    size_t header_count;
    struct mock_plan plan; /**< The last answer. */
    cJSON *json;           /**< Its body; NULL when it is no JSON. */
};

/** @param scenario JSON; NULL for the default world. Fetches a token. */
void stage_open(struct stage *stage, const char *scenario);
void stage_close(struct stage *stage);

/** Adds a header to all requests from now on. */
void stage_header(struct stage *stage, const char *name, const char *value);

/** @param target with the query; `body` may be NULL */
int stage_send(struct stage *stage, const char *method, const char *target, const char *body);

/** Promotes the default way. */
int stage_promote(struct stage *stage);

/** Fetches a token, with which later requests are sent. @return the status */
int stage_fetch_token(struct stage *stage);

/** Moves the clock to that many milliseconds after the start. */
void stage_advance(struct stage *stage, int64_t at_ms);

/** A header of the last answer; "" for none. */
const char *stage_answer_header(const struct stage *stage, const char *name);

/** A member of the last answer; "" when it is no string. */
const char *stage_text(const struct stage *stage, const char *name);

/** A member of the last answer; -1 when it is no number. */
int stage_number(const struct stage *stage, const char *name);

bool stage_has(const struct stage *stage, const char *name);

/** Whether the target's content is what it was at the start. */
bool stage_target_is_unchanged(const struct stage *stage);

#endif
