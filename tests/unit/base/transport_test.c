#include <cogpromote/transport.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(transport_send, .timeout = 5.0);
TestSuite(response_header, .timeout = 5.0);

/* Answers 204 and counts. */
static enum cog_code count_send(void *context, const struct cog_request *request,
                                struct cog_response *out_response, struct cog_error *error)
{
    (void)request;
    (void)error;
    *(int *)context += 1;
    *out_response = (struct cog_response){.status = 204};
    return COG_OK;
}

static const struct cog_transport_ops counting_ops = {.send = count_send};

Test(transport_send, passes_a_good_request_on)
{
    int count = 0;
    const struct cog_request request = {.method = "GET", .url = "https://x/", .timeout_ms = 1};
    struct cog_response response = {0};
    struct cog_error error = {0};

    const enum cog_code code = cog_transport_send((struct cog_transport){&counting_ops, &count},
                                                  &request, &response, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(count, 1);
    EXPECT_INT(response.status, 204);
}

Test(transport_send, refuses_a_request_that_is_incomplete)
{
    static const struct {
        struct cog_request request;
        const char *message;
    } rows[] = {
        {{.url = "u", .timeout_ms = 1}, "a request needs a method and a url"},
        {{.method = "GET", .timeout_ms = 1}, "a request needs a method and a url"},
        {{.method = "GET", .url = "u"}, "a request needs a timeout_ms over 0"},
        {{.method = "GET", .url = "u", .timeout_ms = 1, .header_count = 1},
         "a request with a header_count needs headers"},
        {{.method = "GET", .url = "u", .timeout_ms = 1, .body_length = 1},
         "a request with a body_length needs a body"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int count = 0;
        struct cog_response response = {.status = 7};
        struct cog_error error = {0};

        const enum cog_code code = cog_transport_send((struct cog_transport){&counting_ops, &count},
                                                      &rows[i].request, &response, &error);

        EXPECT_INT(code, COG_ERROR_ARGUMENT);
        EXPECT_STR(error.message, rows[i].message);
        EXPECT_INT(count, 0);
        EXPECT_INT(response.status, 7);
    }
}

Test(transport_send, refuses_missing_parts)
{
    int count = 0;
    const struct cog_transport transport = {&counting_ops, &count};
    const struct cog_request request = {.method = "GET", .url = "u", .timeout_ms = 1};
    struct cog_response response = {0};

    EXPECT_INT(cog_transport_send((struct cog_transport){0}, &request, &response, NULL),
               COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_transport_send(transport, NULL, &response, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_transport_send(transport, &request, NULL, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(count, 0);
}

Test(response_header, is_the_first_of_that_name_in_any_case)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    EXPECT_INT(cog_response_header_append(&response, "Datex", 4, "today!", 5), COG_OK);
    EXPECT_INT(cog_response_header_append(&response, "Retry-After", 11, "3", 1), COG_OK);
    EXPECT_INT(cog_response_header_append(&response, "retry-after", 11, "9", 1), COG_OK);

    const char *value = cog_response_header(&response, "RETRY-AFTER");

    EXPECT_STR(value, "3");
    EXPECT_STR(cog_response_header(&response, "date"), "today");
    EXPECT_INT(response.header_count, 3);
}

Test(response_header, is_null_when_absent)
{
    const struct cog_response response = {0};

    EXPECT_INT(cog_response_header(&response, "Date") == NULL, true);
}

Test(response_header, goes_with_its_response)
{
    struct cog_response response = {.status = 200};
    EXPECT_INT(cog_response_header_append(&response, "A", 1, "b", 1), COG_OK);

    cog_response_finish(&response);
    cog_response_finish(&response);

    EXPECT_INT(response.status, 0);
    EXPECT_INT(response.header_count, 0);
    EXPECT_INT(response.headers == NULL, true);
}
