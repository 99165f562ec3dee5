#include "world/environment.h"

#include <stdlib.h>
#include <string.h>

enum cog_code mock_environment_create_empty(const struct mock_environment_setup *setup,
                                            struct mock_environment **out_environment)
{
    struct mock_environment *environment = calloc(1, sizeof *environment);
    if (environment == NULL) {
        return COG_ERROR_MEMORY;
    }
    environment->setup = calloc(1, sizeof *environment->setup);
    if (environment->setup == NULL) {
        mock_environment_destroy(environment);
        return COG_ERROR_MEMORY;
    }
    *environment->setup = *setup;
    environment->setup->sessions = (struct mock_level){0};
    environment->version = setup->version;
    *out_environment = environment;
    return COG_OK;
}

enum cog_code mock_environment_create(const struct mock_environment_setup *setup, int64_t now_ms,
                                      struct mock_environment **out_environment)
{
    struct mock_environment *environment = NULL;
    enum cog_code code = mock_environment_create_empty(setup, &environment);
    if (code != COG_OK) {
        return code;
    }
    code = mock_content_generate(setup->counts, setup->version, &environment->content);
    if (code == COG_OK) {
        code = mock_gauge_init(&setup->sessions, 0, now_ms, &environment->sessions);
    }
    if (code != COG_OK) {
        mock_environment_destroy(environment);
        return code;
    }
    *out_environment = environment;
    return COG_OK;
}

enum cog_code mock_environment_start_digest(const struct mock_environment *environment,
                                            char out_digest[COG_DIGEST_SIZE])
{
    if (environment->digest_at_start[0] == '\0') {
        return mock_content_digest(&environment->content, out_digest);
    }
    memcpy(out_digest, environment->digest_at_start, COG_DIGEST_SIZE);
    return COG_OK;
}

enum cog_code mock_environment_keep_start(struct mock_environment *environment)
{
    return environment->digest_at_start[0] != '\0'
               ? COG_OK
               : mock_content_digest(&environment->content, environment->digest_at_start);
}

void mock_environment_destroy(struct mock_environment *environment)
{
    if (environment == NULL) {
        return;
    }
    mock_gauge_finish(&environment->sessions);
    mock_content_finish(&environment->content);
    free(environment->setup);
    free(environment);
}
