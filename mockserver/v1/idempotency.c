#include "v1/idempotency.h"

#include "v1/problem.h"
#include "v1/routes.h"

#include <cogbase/digest.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

struct first_answer {
    char fingerprint[COG_DIGEST_SIZE];
    struct mock_plan plan;
};

static void first_answer_destroy(void *value)
{
    struct first_answer *answer = value;
    mock_plan_finish(&answer->plan);
    free(answer);
}

/* A key may be long: its digest. "" when there is none that counts. */
static enum cog_code request_key(const struct mock_visit *visit, char out_key[COG_DIGEST_SIZE])
{
    out_key[0] = '\0';
    const char *key = mock_idempotency_key(visit);
    return key == NULL ? COG_OK : cog_digest_sha256(key, strlen(key), out_key);
}

/* Two requests are the same when they ask the same of the same path. */
static enum cog_code request_fingerprint(const struct mock_request *request,
                                         char out_fingerprint[COG_DIGEST_SIZE])
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s %s\n", request->method, request->target);
    cog_text_append_bytes(&text, request->body, request->body_length);
    if (text.failed) {
        return COG_ERROR_MEMORY;
    }
    return cog_digest_sha256(text.bytes, text.length, out_fingerprint);
}

const char *mock_idempotency_key(const struct mock_visit *visit)
{
    const struct mock_behaviour *behaviour = visit->api->behaviour;
    if (!visit->route->is_keyed || !behaviour->honours_idempotency_keys || behaviour->seed_only) {
        return NULL;
    }
    return mock_request_header(visit->request, "Idempotency-Key");
}

enum cog_code mock_idempotency_replay(const struct mock_visit *visit, struct mock_plan *plan)
{
    char key[COG_DIGEST_SIZE];
    enum cog_code code = request_key(visit, key);
    const struct first_answer *first = mock_table_find(&visit->api->first_answers, key);
    if (code != COG_OK || first == NULL) {
        return code;
    }
    char fingerprint[COG_DIGEST_SIZE];
    code = request_fingerprint(visit->request, fingerprint);
    if (code != COG_OK) {
        return code;
    }
    if (strcmp(fingerprint, first->fingerprint) == 0) {
        return mock_plan_copy(&first->plan, plan);
    }
    const struct mock_problem problem = {
        .status = MOCK_STATUS_UNPROCESSABLE,
        .name = "idempotency-key-reused",
    };
    return mock_answer_problem(plan, &problem,
                               "the idempotency key was used for another request before");
}

static enum cog_code insert_answer(struct mock_table *answers, const char *key,
                                   struct first_answer *answer, const struct mock_plan *plan)
{
    enum cog_code code = mock_plan_copy(plan, &answer->plan);
    if (code == COG_OK) {
        code = mock_table_insert(answers, key, answer);
    }
    return code;
}

enum cog_code mock_idempotency_keep(const struct mock_visit *visit, const struct mock_plan *plan)
{
    char key[COG_DIGEST_SIZE];
    enum cog_code code = request_key(visit, key);
    if (code != COG_OK || key[0] == '\0' || plan->status / 100 != 2) {
        return code;
    }
    struct first_answer *answer = calloc(1, sizeof *answer);
    if (answer == NULL) {
        return COG_ERROR_MEMORY;
    }
    code = request_fingerprint(visit->request, answer->fingerprint);
    if (code == COG_OK) {
        code = insert_answer(&visit->api->first_answers, key, answer, plan);
    }
    if (code != COG_OK) {
        first_answer_destroy(answer);
    }
    return code;
}

void mock_idempotency_finish(struct mock_table *first_answers)
{
    mock_table_finish(first_answers, first_answer_destroy);
}
