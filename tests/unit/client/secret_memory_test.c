/*
 * No memory is given back with a secret in it: linked with --wrap, to look at each block before it
 * goes. A block that grows may be moved, and leave its old content behind.
 */
#include "auth.h"
#include "secret.h"
#include "support/expect.h"
#include "support/recorded_log.h"
#include "support/scripted_transport.h"

#include <cogbase/text.h>
#include <cogpromote/config.h>

#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

TestSuite(secret_memory, .timeout = 5.0);

/* Long enough that every buffer has to grow for them. */
#define SECRET "sesame-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789"
#define TOKEN  "ticket-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789"

/* What gives a secret away: their beginnings, and that of "id:sesame" in base64. */
static const char *const TRACES[] = {"sesame", "ticket", "aWQ6c2VzYW1l"};

static size_t spilled_count;

static bool holds_trace(const char *bytes, size_t size, const char *trace)
{
    const size_t length = strlen(trace);
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, trace, length) == 0) {
            return true;
        }
    }
    return false;
}

static void look_at(void *memory)
{
    const size_t size = memory != NULL ? malloc_usable_size(memory) : 0;
    for (size_t i = 0; i < sizeof TRACES / sizeof TRACES[0]; i++) {
        spilled_count += holds_trace(memory, size, TRACES[i]) ? 1 : 0;
    }
}

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker's names. */
void __real_free(void *memory);
void *__real_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
void *__wrap_realloc(void *memory, size_t size);

void __wrap_free(void *memory)
{
    look_at(memory);
    __real_free(memory);
}

void *__wrap_realloc(void *memory, size_t size)
{
    look_at(memory);
    return __real_realloc(memory, size);
}

/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

static void watch_json(void)
{
    cJSON_Hooks hooks = {.malloc_fn = malloc, .free_fn = free};
    cJSON_InitHooks(&hooks);
    spilled_count = 0;
}

Test(secret_memory, is_wiped_before_it_is_freed_on_the_way_of_a_request, .init = watch_json)
{
    static const char answer[] =
        "{\"access_token\":\"" TOKEN "\",\"expires_in\":60,\"token_type\":\"Bearer\"}";
    static struct scripted_transport issuer;
    static struct scripted_transport server;
    issuer = (struct scripted_transport){
        .answers = {{.status = 200, .body = answer},
                    {.status = 200, .body = "{\"active\":true,\"scope\":\"a\"}"},
                    {.status = 200, .body = answer}}};
    server = (struct scripted_transport){.answers = {{.status = 401}, {.status = 200}}};
    struct cog_clock_virtual clock = {0};
    struct recorded_log log = {0};
    struct cog_error error = {0};
    const struct cog_token_options options = {
        .transport = scripted_transport(&issuer),
        .clock = cog_clock_virtual(&clock),
        .api_base = "http://server",
        .client_id = "id",
        .client_secret = SECRET,
        .request_timeout_ms = 30000,
    };
    struct cog_auth auth = {.inner = scripted_transport(&server), .log = recorded_log(&log)};
    ASSERT_CODE(cog_token_manager_create(&options, &auth.tokens, &error), COG_OK, error);
    const struct cog_request request = {
        .call = "health",
        .method = "GET",
        .url = "http://server/health",
        .authentication = COG_AUTHENTICATION_BEARER,
        .timeout_ms = 30000,
        .deadline_ms = 900000,
    };
    char scopes[COG_SCOPES_SIZE] = "";
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};

    ASSERT_CODE(
        cog_token_scopes(auth.tokens, (struct cog_limits){.deadline_ms = 900000}, scopes, &error),
        COG_OK, error);
    ASSERT_CODE(cog_transport_send(cog_auth_transport(&auth), &request, &response, &error), COG_OK,
                error);
    cr_expect(cog_token_appears_in(auth.tokens, TOKEN));
    cog_token_manager_destroy(auth.tokens);

    EXPECT_INT(issuer.request_count, 3);
    EXPECT_INT(server.request_count, 2);
    EXPECT_INT(spilled_count, 0);
}

Test(secret_memory, is_wiped_before_it_is_freed_in_the_settings, .init = watch_json)
{
    struct cog_config config = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_config_init(&config, &error), COG_OK, error);
    ASSERT_CODE(cog_config_set(&config, "client-secret", SECRET, &error), COG_OK, error);
    ASSERT_CODE(cog_config_set(&config, "client-secret", TOKEN, &error), COG_OK, error);

    cog_config_finish(&config);

    EXPECT_INT(spilled_count, 0);
}

/* The watch itself: what is not wiped is seen. */
Test(secret_memory, that_is_not_wiped_is_seen, .init = watch_json)
{
    /* By other files' functions: a compiler may leave out what is freed unused. */
    char *copy = cog_string_clone(SECRET, strlen(SECRET));

    cog_string_finish(&copy);

    EXPECT_INT(spilled_count, 1);
}
