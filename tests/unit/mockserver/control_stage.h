/** Tenants and the control plane on a virtual clock, and somebody who calls without sockets. */
#ifndef MOCKSERVER_CONTROL_STAGE_H
#define MOCKSERVER_CONTROL_STAGE_H

#include <cjson/cJSON.h>
#include <cogmock/control.h>

/** 2026-01-01T00:00:00Z */
#define CONTROL_START_UNIX_MS INT64_C(1767225600000)

/** Of the control plane's paths. */
#define CONTROL_V1 "/__mock/v1"

/** A promotion of the default world. */
#define CONTROL_PROMOTION                                                                          \
    "{\"source_environment_id\":\"env-source\",\"target_environment_id\":\"env-target\","          \
    "\"resolve_dependencies\":true,\"sync_configuration\":true,"                                   \
    "\"platform_version_compatibility\":\"v1.18.0\",\"override_active_sessions\":false,"           \
    "\"include_webhooks\":true,\"include_integrations\":true}"

enum { CONTROL_HEADERS_MAX = 8, CONTROL_STREAM_SIZE = 65536 };

struct control_stage {
    struct cog_clock_virtual clock;
    struct mock_tenants *tenants;
    struct mock_control *control;
    const char *content_type; /**< Of requests with a body; NULL for none. */
    struct mock_header headers[CONTROL_HEADERS_MAX];
    size_t header_count;
    struct mock_plan plan;                 /**< The last answer. */
    cJSON *json;                           /**< Its body; NULL when it is no JSON. */
    char stream_text[CONTROL_STREAM_SIZE]; /**< What was read of a stream last. */
};

/** @param options its clock and version are set here; NULL for none */
void control_open(struct control_stage *stage, const struct mock_control_options *options);
void control_close(struct control_stage *stage);

/** Another header of all later requests. */
void control_header(struct control_stage *stage, const char *name, const char *value);

/** Sends none of them any more. */
void control_clear_headers(struct control_stage *stage);

/** To whoever the target is for. @param body NULL for none @return the status */
int control_send(struct control_stage *stage, const char *method, const char *target,
                 const char *body);

/** Below CONTROL_V1. */
int control_call(struct control_stage *stage, const char *method, const char *path,
                 const char *body);

/** Gets a token in a tenant, and sends it from now on. @param prefix "/t/a", or "" */
void control_authorize(struct control_stage *stage, const char *prefix);

/** A header of the last answer; "" for none. */
const char *control_answer_header(const struct control_stage *stage, const char *name);

/** Member of the last answer by its path, such as "clock.mode" or "jobs.0.status", of the
 * first ten of a list; NULL: none. */
const cJSON *control_node(const struct control_stage *stage, const char *path);

/** "" when it is no string. */
const char *control_text(const struct control_stage *stage, const char *path);

/** -1 when it is no number. */
int64_t control_number(const struct control_stage *stage, const char *path);

/** Takes the last answer's stream, to be finished. */
struct mock_stream control_take_stream(struct control_stage *stage);

/** Reads all that there is, `size` bytes at a time. @return `stage->stream_text` */
const char *control_read(struct control_stage *stage, struct mock_stream stream, size_t size);

#endif
