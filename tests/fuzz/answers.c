#include "answers.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS_MIN = 200, REFUSAL_MIN = 400, STATUS_MAX = 999 };
enum { TOKEN_HERE = 0x1a, CLIENT_SECRET_HERE = 0x1b, RECORD_SEPARATOR = 0x1e };

static int status_take(struct fuzz_input *input)
{
    size_t length = 0;
    COG_CLEANUP(cog_string_finish) char *line = fuzz_text_take(input, '\n', &length);
    const long status = strtol(line, NULL, 10);
    return status >= STATUS_MIN && status <= STATUS_MAX ? (int)status : STATUS_MIN;
}

/** @return whether it was one; the empty line behind the last is taken, too */
static bool header_take(struct fuzz_input *input, struct cog_response *response)
{
    size_t length = 0;
    COG_CLEANUP(cog_string_finish) char *line = fuzz_text_take(input, '\n', &length);
    const char *colon = strchr(line, ':');
    if (colon == NULL) {
        return length > 0;
    }
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    fuzz_expect(cog_response_header_append(response, line, (size_t)(colon - line), value,
                                           strlen(value)) == COG_OK,
                "a header can be appended");
    return true;
}

void fuzz_answer_take(struct fuzz_input *input, struct cog_response *out_response)
{
    struct cog_response response = {.status = status_take(input)};
    while (header_take(input, &response)) {
    }
    response.body = fuzz_text_take(input, RECORD_SEPARATOR, &response.body_length);
    *out_response = response;
}

static char *body_format(const struct fuzz_server *server, const char *body)
{
    struct cog_text text = {0};
    for (const char *byte = body; *byte != '\0'; byte++) {
        if (*byte == TOKEN_HERE) {
            cog_text_append(&text, server->token);
        } else if (*byte == CLIENT_SECRET_HERE) {
            cog_text_append(&text, server->client_secret);
        } else {
            cog_text_append_bytes(&text, byte, 1);
        }
    }
    char *formatted = cog_text_take(&text);
    fuzz_expect(formatted != NULL, "there is memory");
    return formatted;
}

static void secrets_repeat(const struct fuzz_server *server, struct cog_response *response)
{
    char *body = body_format(server, response->body);
    free(response->body);
    response->body = body;
    response->body_length = strlen(body);
}

static void token_give(const struct fuzz_server *server, struct cog_response *out_response)
{
    COG_CLEANUP(cog_text_finish) struct cog_text answer = {0};
    cog_text_append_format(&answer, "200\n\n{\"access_token\":\"%s\",\"token_type\":\"Bearer\"}",
                           server->token);
    const uint8_t *bytes = (const uint8_t *)cog_text_string(&answer);
    struct fuzz_input input = {bytes, answer.length};
    fuzz_answer_take(&input, out_response);
}

static enum cog_code send_answer(void *context, const struct cog_request *request,
                                 struct cog_response *out_response, struct cog_error *error)
{
    struct fuzz_server *server = context;
    if (server->gives_token && strcmp(request->call, "token") == 0) {
        token_give(server, out_response);
        return COG_OK;
    }
    server->request_count++;
    server->promotion_count += strcmp(request->call, "promote") == 0 ? 1 : 0;
    if (server->input->length == 0) {
        return cog_error_set(error, COG_ERROR_NETWORK, "the connection broke");
    }
    fuzz_answer_take(server->input, out_response);
    if (out_response->status >= REFUSAL_MIN) {
        secrets_repeat(server, out_response);
    }
    return COG_OK;
}

/* FNV-1a. */
static uint64_t digest_of(const struct fuzz_input *input)
{
    uint64_t digest = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < input->length; i++) {
        digest = (digest ^ input->bytes[i]) * UINT64_C(1099511628211);
    }
    return digest;
}

void fuzz_server_init(struct fuzz_server *server)
{
    const uint64_t digest = digest_of(server->input);
    (void)snprintf(server->token, sizeof server->token, "token-%016" PRIx64, digest);
    (void)snprintf(server->client_secret, sizeof server->client_secret, "secret-%016" PRIx64,
                   ~digest);
}

struct cog_transport fuzz_server(struct fuzz_server *server)
{
    static const struct cog_transport_ops ops = {.send = send_answer};
    return (struct cog_transport){.ops = &ops, .context = server};
}
