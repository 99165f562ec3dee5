#include "line_rig.h"

#include "support/expect.h"

#include <cogbase/document.h>

#include <signal.h>
#include <stdio.h>

enum { URL_SIZE = 128 };

void line_rig_init(struct line_rig *rig, enum scn_transport transport, const char *script)
{
    struct cog_error error = {0};
    *rig = (struct line_rig){0};
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    ASSERT_CODE(cog_document_parse("file", script, strlen(script), &document, &error), COG_OK,
                error);
    ASSERT_CODE(mock_script_parse(&document, &rig->script, &error), COG_OK, error);
    cog_clock_virtual_init(&rig->clock, 0);
    const struct mock_server_options options = {
        .clock = cog_clock_virtual(&rig->clock),
        .seed = 1,
    };
    ASSERT_CODE(mock_server_create(rig->script, &options, &rig->server, &error), COG_OK, error);
    ASSERT_CODE(cog_cancel_create(&rig->cancel, &error), COG_OK, error);
    rig->signals = (struct scn_signals){.clock = &rig->clock, .cancel = rig->cancel};
    const struct scn_line_options line_options = {
        .server = rig->server,
        .clock = &rig->clock,
        .signals = &rig->signals,
    };
    ASSERT_CODE(scn_line_create(transport, &line_options, &rig->line, &error), COG_OK, error);
    rig->signals.line = rig->line;
    rig->config = (struct cog_config){
        .connect_timeout_ms = LINE_CONNECT_TIMEOUT_MS,
        .idle_timeout_ms = LINE_IDLE_TIMEOUT_MS,
    };
    const struct scn_line_user user = {
        .config = &rig->config,
        .clock = scn_signals_clock(&rig->signals),
    };
    ASSERT_CODE(rig->line.ops->connect(rig->line.context, &user, &rig->transport, &error), COG_OK,
                error);
}

void line_rig_finish(struct line_rig *rig)
{
    rig->line.ops->disconnect(rig->line.context);
    scn_line_destroy(rig->line);
    mock_server_destroy(rig->server);
    mock_script_destroy(rig->script);
    cog_cancel_destroy(rig->cancel);
    cog_text_finish(&rig->record);
}

void line_rig_signal(struct line_rig *rig, int64_t at_ms)
{
    rig->signal = (struct scn_signal){.at_ms = at_ms, .number = SIGINT};
    rig->signals.items = &rig->signal;
    rig->signals.count = 1;
}

enum cog_code line_rig_ask(struct line_rig *rig, const struct line_question *question,
                           struct cog_response *out_response, struct cog_error *error)
{
    static const char body[] = "{\"a\": \"a body of some length\"}";
    const struct cog_header headers[] = {
        {"Accept", "application/json"},
        {"X-Empty", ""},
        {"Content-Type", "application/json"},
    };
    const bool is_post = strcmp(question->method, "POST") == 0;
    char url[URL_SIZE];
    (void)snprintf(url, sizeof url, "http://%s%s", rig->line.host, question->path);
    const int64_t now_ms = rig->clock.now_ms;
    const struct cog_request request = {
        .call = "call",
        .method = question->method,
        .url = url,
        .headers = headers,
        .header_count = is_post ? 3 : 2,
        .body = is_post ? body : NULL,
        .body_length = is_post ? sizeof body - 1 : 0,
        .authentication = COG_AUTHENTICATION_BEARER,
        .acting = question->is_acting,
        .timeout_ms = LINE_REQUEST_TIMEOUT_MS,
        .deadline_ms = question->deadline_ms > 0 ? now_ms + question->deadline_ms : INT64_MAX,
        .cancel = rig->cancel,
    };
    return cog_transport_send(rig->transport, &request, out_response, error);
}

void line_rig_append_reason(const struct line_rig *rig, const struct cog_error *error,
                            struct cog_text *text)
{
    const char *port = strchr(rig->line.host, ':') + 1;
    const char *rest = error->message;
    const char *place = strstr(rest, port);
    if (place != NULL) {
        cog_text_append_bytes(text, rest, (size_t)(place - rest));
        cog_text_append(text, "PORT");
        rest = place + strlen(port);
    }
    place = strstr(rest, " after ");
    const char *behind = place != NULL ? strstr(place, " ms") : NULL;
    if (behind != NULL) {
        cog_text_append_bytes(text, rest, (size_t)(place - rest));
        rest = behind;
    }
    cog_text_append(text, rest);
}
