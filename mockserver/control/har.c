#include "control/har.h"

#include "control/exchange.h"
#include "mask.h"
#include "v1/encoding.h"
#include "v1/visit.h"

#include <cogbase/stamp.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_SIZE = 24 };

/* Where entries come from. */
struct archive {
    const struct mock_clock *clock;
    const char *prefix;
};

static const char *find_header(const struct mock_header *headers, size_t count, const char *name)
{
    const struct mock_request request = {.headers = headers, .header_count = count};
    const char *value = mock_request_header(&request, name);
    return value == NULL ? "" : value;
}

static void add_text(struct mock_body *body, const char *name, const struct cog_text *text)
{
    if (text->failed) {
        body->failed = true;
    } else {
        mock_body_string(body, name, cog_text_string(text));
    }
}

static void add_headers(const struct mock_exchange *exchange, const struct mock_header *headers,
                        size_t count, struct mock_body *body)
{
    mock_body_array(body, "headers");
    for (size_t i = 0; i < count; i++) {
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        COG_CLEANUP(cog_text_finish) struct cog_text value = {0};
        COG_CLEANUP(cog_text_finish) struct cog_text shown = {0};
        mock_mask_header(exchange, &headers[i], &value);
        cog_text_append_shown(&shown, cog_text_string(&value));
        body->failed = body->failed || value.failed;
        mock_body_string(&item, "name", headers[i].name);
        add_text(&item, "value", &shown);
        mock_body_array_append(body, &item);
    }
}

static void add_url(const struct archive *archive, const struct mock_exchange *exchange,
                    struct mock_body *body)
{
    COG_CLEANUP(cog_text_finish) struct cog_text url = {0};
    const char *host = find_header(exchange->headers, exchange->header_count, "Host");
    cog_text_append_format(&url, "http://%s%s", *host == '\0' ? "localhost" : host,
                           archive->prefix);
    mock_mask_target(exchange, &url);
    add_text(body, "url", &url);
}

/* A part of the query, decoded where that can be done. */
static char *decode(const char *text, size_t length, struct mock_body *body)
{
    char *decoded = NULL;
    const enum cog_code code = mock_percent_decode(MOCK_ENCODING_FORM, text, length, &decoded);
    if (code == COG_ERROR_SYNTAX) {
        decoded = cog_string_clone(text, length);
    }
    body->failed = body->failed || decoded == NULL;
    return decoded;
}

static void add_query(const struct mock_exchange *exchange, struct mock_body *body)
{
    COG_CLEANUP(cog_text_finish) struct cog_text target = {0};
    mock_mask_target(exchange, &target);
    const char *query = strchr(cog_text_string(&target), '?');
    const char *pair = query == NULL ? "" : query + 1;
    mock_body_array(body, "queryString");
    while (*pair != '\0' && !body->failed) {
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        const size_t length = strcspn(pair, "&");
        const size_t name_length = strcspn(pair, "=&");
        const size_t skipped = name_length < length ? name_length + 1 : length;
        COG_CLEANUP(cog_string_finish) char *name = decode(pair, name_length, body);
        COG_CLEANUP(cog_string_finish) char *value = decode(pair + skipped, length - skipped, body);
        mock_body_string(&item, "name", name);
        mock_body_string(&item, "value", value);
        mock_body_array_append(body, &item);
        pair += length;
        pair += *pair == '&';
    }
}

/* The archive knows text only, in a request's body: what is none becomes base64, and says so. */
static void add_post_data(const struct mock_exchange *exchange, struct mock_body *request)
{
    COG_CLEANUP(mock_body_finish) struct mock_body data = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text bytes = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text encoded = {0};
    if (exchange->body_length == 0) {
        return;
    }
    mock_mask_body(exchange, &bytes);
    const bool is_text = mock_exchange_is_text(&bytes);
    if (!is_text) {
        mock_base64_append(bytes.bytes, bytes.length, &encoded);
        mock_body_string(&data, "comment", "base64");
    }
    mock_body_string(&data, "mimeType",
                     find_header(exchange->headers, exchange->header_count, "Content-Type"));
    add_text(&data, "text", is_text ? &bytes : &encoded);
    mock_body_object(request, "postData", &data);
}

static void add_request(const struct archive *archive, const struct mock_exchange *exchange,
                        struct mock_body *entry)
{
    COG_CLEANUP(mock_body_finish) struct mock_body request = {0};
    mock_body_string(&request, "method", exchange->method);
    add_url(archive, exchange, &request);
    mock_body_string(&request, "httpVersion", "HTTP/1.1");
    mock_body_array(&request, "cookies");
    add_headers(exchange, exchange->headers, exchange->header_count, &request);
    add_query(exchange, &request);
    add_post_data(exchange, &request);
    mock_body_integer(&request, "headersSize", -1);
    mock_body_integer(&request, "bodySize", (int64_t)exchange->body_length);
    mock_body_object(entry, "request", &request);
}

static void add_content(const struct mock_exchange *exchange, struct mock_body *response)
{
    COG_CLEANUP(mock_body_finish) struct mock_body content = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text bytes = {0};
    mock_mask_answer_body(exchange, &bytes);
    mock_body_integer(&content, "size", (int64_t)exchange->answer_body_length);
    mock_body_string(
        &content, "mimeType",
        find_header(exchange->answer_headers, exchange->answer_header_count, "Content-Type"));
    if (!mock_exchange_is_text(&bytes)) {
        mock_body_string(&content, "encoding", "base64");
    }
    mock_exchange_add_bytes(&content, "text", "text", &bytes);
    mock_body_object(response, "content", &content);
}

/* Status 0, as browsers write it, where there was none. */
static void add_response(const struct mock_exchange *exchange, struct mock_body *entry)
{
    COG_CLEANUP(mock_body_finish) struct mock_body response = {0};
    const int status = exchange->answered_ms < 0 ? 0 : exchange->status;
    mock_body_integer(&response, "status", status);
    mock_body_string(&response, "statusText", status == 0 ? "" : mock_status_phrase(status));
    mock_body_string(&response, "httpVersion", "HTTP/1.1");
    mock_body_array(&response, "cookies");
    add_headers(exchange, exchange->answer_headers, exchange->answer_header_count, &response);
    add_content(exchange, &response);
    mock_body_string(
        &response, "redirectURL",
        find_header(exchange->answer_headers, exchange->answer_header_count, "Location"));
    mock_body_integer(&response, "headersSize", -1);
    mock_body_integer(&response, "bodySize", (int64_t)exchange->answer_body_length);
    mock_body_object(entry, "response", &response);
}

/* What a client waits for is the answer's way here: until it is known, and until it is out. */
static void add_timings(const struct mock_exchange *exchange, struct mock_body *entry)
{
    COG_CLEANUP(mock_body_finish) struct mock_body timings = {0};
    const int64_t answered_ms = exchange->answered_ms < 0 ? exchange->at_ms : exchange->answered_ms;
    const int64_t done_ms = exchange->done_ms < 0 ? answered_ms : exchange->done_ms;
    mock_body_integer(&timings, "send", answered_ms - exchange->at_ms);
    mock_body_integer(&timings, "wait", done_ms - answered_ms);
    mock_body_integer(&timings, "receive", 0);
    mock_body_integer(entry, "time", done_ms - exchange->at_ms);
    mock_body_object(entry, "timings", &timings);
}

static void add_comment(const struct mock_exchange *exchange, struct mock_body *entry)
{
    COG_CLEANUP(cog_text_finish) struct cog_text comment = {0};
    cog_text_append_format(&comment, "request %" PRIu64 ": %s %d, attempt %d, %s", exchange->number,
                           exchange->call, exchange->nth, exchange->attempt,
                           mock_exchange_state_name(exchange->state));
    if (exchange->fault != NULL) {
        cog_text_append_format(&comment, "; fault %s", exchange->faults);
    }
    add_text(entry, "comment", &comment);
}

static void add_entry(const struct archive *archive, const struct mock_exchange *exchange,
                      struct mock_body *log)
{
    COG_CLEANUP(mock_body_finish) struct mock_body entry = {0};
    COG_CLEANUP(mock_body_finish) struct mock_body cache = {0};
    char stamp[COG_STAMP_RFC3339_SIZE];
    char connection[NUMBER_SIZE];
    const int64_t unix_ms = mock_clock_unix_ms(archive->clock, exchange->at_ms);
    mock_body_string(&entry, "startedDateTime", cog_stamp_format_rfc3339(unix_ms, stamp));
    add_timings(exchange, &entry);
    add_request(archive, exchange, &entry);
    add_response(exchange, &entry);
    mock_body_object(&entry, "cache", &cache);
    if (exchange->connection > 0) {
        (void)snprintf(connection, sizeof connection, "%" PRIu64, exchange->connection);
        mock_body_string(&entry, "connection", connection);
    }
    add_comment(exchange, &entry);
    mock_body_array_append(log, &entry);
}

void mock_har_write(struct mock_server *server, const struct mock_filter *filter,
                    const struct mock_har_options *options, struct mock_body *body)
{
    const struct archive archive = {mock_server_clock(server), options->prefix};
    COG_CLEANUP(mock_body_finish) struct mock_body log = {0};
    COG_CLEANUP(mock_body_finish) struct mock_body creator = {0};
    mock_body_string(&creator, "name", "cogmock");
    mock_body_string(&creator, "version", options->version);
    mock_body_string(&log, "version", "1.2");
    mock_body_object(&log, "creator", &creator);
    mock_body_array(&log, "entries");
    const size_t count = mock_truth_exchange_count(server);
    for (size_t i = 0; i < count && !log.failed; i++) {
        const struct mock_exchange *exchange = mock_truth_exchange(server, i);
        if (mock_filter_takes(filter, exchange)) {
            add_entry(&archive, exchange, &log);
        }
    }
    mock_body_object(body, "log", &log);
}
