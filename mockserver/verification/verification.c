#include "verification/verification.h"

#include "verification/comparison.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NEAREST_MAX = 3,
    NUMBERS_MAX = 100, /* Told of one expectation. */
};

/* One expectation on its way through the journal. */
struct search {
    const struct mock_server *server;
    const struct mock_expectation *expectation;
    const struct mock_exchange **found; /* Owned; oldest first. */
    size_t found_count;
    struct cog_text problem;
    bool failed;
};

static void search_finish(struct search *search)
{
    free(search->found);
    cog_text_finish(&search->problem);
}

static enum cog_code read_list(const struct cog_document *document, const cJSON *list,
                               struct mock_verification *verification, struct cog_error *error)
{
    const int count = cJSON_GetArraySize(list);
    if (count == 0 || count > MOCK_EXPECTATIONS_MAX) {
        return cog_document_fail(document, list, error, "expected 1 to %d expectations, not %d",
                                 MOCK_EXPECTATIONS_MAX, count);
    }
    verification->expectations = calloc((size_t)count, sizeof *verification->expectations);
    if (verification->expectations == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    for (const cJSON *node = list->child; node != NULL; node = node->next) {
        enum cog_code code = mock_expectation_read(
            document, node, &verification->expectations[verification->expectation_count], error);
        if (code != COG_OK) {
            return code;
        }
        verification->expectation_count++;
    }
    return COG_OK;
}

static enum cog_code read_one(const struct cog_document *document,
                              struct mock_verification *verification, struct cog_error *error)
{
    verification->expectations = calloc(1, sizeof *verification->expectations);
    verification->expectation_count = 1;
    return verification->expectations == NULL
               ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory")
               : mock_expectation_read(document, document->root, verification->expectations, error);
}

static enum cog_code read_all(const struct cog_document *document,
                              struct mock_verification *verification, struct cog_error *error)
{
    static const char *const keys[] = {"expectations", "in_order", NULL};
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(document->root, keys[0]);
    if (list == NULL) {
        return read_one(document, verification, error);
    }
    enum cog_code code = cog_document_check_keys(document, document->root, keys, error);
    if (code == COG_OK) {
        code = cog_document_array(document, document->root, keys[0], &list, error);
    }
    if (code == COG_OK) {
        code =
            cog_document_boolean(document, document->root, keys[1], &verification->in_order, error);
    }
    return code == COG_OK ? read_list(document, list, verification, error) : code;
}

enum cog_code mock_verification_read(const struct cog_document *document,
                                     struct mock_verification *out_verification,
                                     struct cog_error *error)
{
    struct mock_verification verification = {0};
    enum cog_code code = read_all(document, &verification, error);
    if (code != COG_OK) {
        mock_verification_finish(&verification);
        return code;
    }
    *out_verification = verification;
    return COG_OK;
}

void mock_verification_finish(struct mock_verification *verification)
{
    free(verification->expectations);
    *verification = (struct mock_verification){0};
}

static bool is_candidate(const struct search *search, const struct mock_exchange *exchange)
{
    return (int64_t)exchange->number > search->expectation->since;
}

static void find_all(struct search *search)
{
    const size_t count = mock_truth_exchange_count(search->server);
    search->found = calloc(count + 1, sizeof(const struct mock_exchange *));
    if (search->found == NULL) {
        search->failed = true;
        return;
    }
    for (size_t i = 0; i < count && !search->failed; i++) {
        const struct mock_exchange *exchange = mock_truth_exchange(search->server, i);
        struct mock_comparison comparison = {0};
        if (!is_candidate(search, exchange)) {
            continue;
        }
        mock_comparison_run(&comparison, search->expectation, exchange);
        search->failed = comparison.failed;
        if (comparison.differing_count == 0) {
            search->found[search->found_count++] = exchange;
        }
    }
}

/* "exactly 1", "at least 1", "2 to 3" */
static void append_count(struct cog_text *text, const struct mock_expectation *expectation)
{
    const long long minimum = (long long)expectation->count_minimum;
    const long long maximum = (long long)expectation->count_maximum;
    if (minimum == maximum) {
        cog_text_append_format(text, "exactly %lld", minimum);
    } else if (maximum == MOCK_EXPECTED_COUNT_MAX) {
        cog_text_append_format(text, "at least %lld", minimum);
    } else if (minimum == 0) {
        cog_text_append_format(text, "at most %lld", maximum);
    } else {
        cog_text_append_format(text, "%lld to %lld", minimum, maximum);
    }
}

/* "promote POST /…: exactly 1" */
static void append_expected(struct cog_text *text, const struct mock_expectation *expectation)
{
    const char *const parts[] = {expectation->call, expectation->method, expectation->path};
    size_t length = text->length;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i] != NULL) {
            cog_text_append_format(text, "%s%s", text->length > length ? " " : "", parts[i]);
        }
    }
    cog_text_append_format(text, "%s: ", text->length > length ? "" : "any call");
    append_count(text, expectation);
}

static void judge_count(struct search *search)
{
    const int64_t found_count = (int64_t)search->found_count;
    if (found_count < search->expectation->count_minimum ||
        found_count > search->expectation->count_maximum) {
        append_expected(&search->problem, search->expectation);
        cog_text_append_format(&search->problem, " expected, %" PRId64 " found", found_count);
    }
}

static int64_t end_ms(const struct mock_exchange *exchange)
{
    if (exchange->done_ms >= 0) {
        return exchange->done_ms;
    }
    return exchange->answered_ms >= 0 ? exchange->answered_ms : exchange->at_ms;
}

/* From the end of a call to the arrival of the next one; 0 for those that overlap. */
static int64_t interval_ms(const struct search *search, size_t index)
{
    const int64_t ms = search->found[index + 1]->at_ms - end_ms(search->found[index]);
    return ms > 0 ? ms : 0;
}

static const char *interval_problem(const struct mock_expected_intervals *expected, int64_t ms,
                                    int64_t before_ms)
{
    if (ms < expected->minimum_ms) {
        return "shorter than 'min'";
    }
    if (ms > expected->maximum_ms) {
        return "longer than 'max'";
    }
    return expected->grow && ms < before_ms ? "shorter than the one before" : NULL;
}

static void judge_intervals(struct search *search)
{
    int64_t before_ms = 0;
    if (!search->expectation->has_intervals || search->problem.length > 0) {
        return;
    }
    for (size_t i = 0; i + 1 < search->found_count; i++) {
        const int64_t ms = interval_ms(search, i);
        const char *problem = interval_problem(&search->expectation->intervals, ms, before_ms);
        if (problem != NULL) {
            cog_text_append_format(
                &search->problem,
                "the interval of %" PRId64 " ms between requests %" PRIu64 " and %" PRIu64 " is %s",
                ms, search->found[i]->number, search->found[i + 1]->number, problem);
            return;
        }
        before_ms = ms;
    }
}

/* @return the number of the first call behind `number`; 0 when there is none */
static uint64_t judge_order(struct search *search, uint64_t number)
{
    for (size_t i = 0; i < search->found_count; i++) {
        if (search->found[i]->number > number) {
            return search->found[i]->number;
        }
    }
    if (search->expectation->count_minimum > 0 && search->problem.length == 0) {
        append_expected(&search->problem, search->expectation);
        cog_text_append_format(
            &search->problem, ": none comes after request %" PRIu64 ", as the order wants", number);
    }
    return number;
}

struct near_miss {
    const struct mock_exchange *exchange;
    int agreed_count;
    int differing_count;
};

/* The later one of two that are equally near. */
static bool is_nearer(const struct near_miss *left, const struct near_miss *right)
{
    return right->exchange == NULL || left->agreed_count > right->agreed_count ||
           (left->agreed_count == right->agreed_count &&
            left->differing_count <= right->differing_count);
}

static void keep_nearest(struct near_miss nearest[NEAREST_MAX], struct near_miss candidate)
{
    for (size_t i = 0; i < NEAREST_MAX; i++) {
        if (is_nearer(&candidate, &nearest[i])) {
            const struct near_miss pushed = nearest[i];
            nearest[i] = candidate;
            candidate = pushed;
        }
        if (candidate.exchange == NULL) {
            return;
        }
    }
}

static void find_nearest(struct search *search, struct near_miss nearest[NEAREST_MAX])
{
    const size_t count = mock_truth_exchange_count(search->server);
    for (size_t i = 0; i < count && !search->failed; i++) {
        const struct mock_exchange *exchange = mock_truth_exchange(search->server, i);
        COG_CLEANUP(cog_json_finish) cJSON *differences = cJSON_CreateArray();
        struct mock_comparison comparison = {.differences = differences};
        if (!is_candidate(search, exchange)) {
            continue;
        }
        mock_comparison_run(&comparison, search->expectation, exchange);
        search->failed = comparison.failed || differences == NULL;
        if (comparison.differing_count > 0 && comparison.agreed_count > 0) {
            keep_nearest(nearest, (struct near_miss){exchange, comparison.agreed_count,
                                                     comparison.differing_count});
        }
    }
}

static void add_near_miss(struct search *search, const struct near_miss *miss,
                          struct mock_body *body)
{
    COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
    cJSON *differences = cJSON_CreateArray();
    struct mock_comparison comparison = {.differences = differences};
    mock_comparison_run(&comparison, search->expectation, miss->exchange);
    search->failed = search->failed || comparison.failed;
    mock_body_integer(&item, "number", (int64_t)miss->exchange->number);
    mock_body_integer(&item, "agreed", comparison.agreed_count);
    mock_body_integer(&item, "differed", comparison.differing_count);
    mock_body_json(&item, "differences", differences);
    mock_body_array_append(body, &item);
}

static void add_nearest(struct search *search, struct mock_body *body)
{
    struct near_miss nearest[NEAREST_MAX] = {{0}};
    mock_body_array(body, "nearest");
    find_nearest(search, nearest);
    for (size_t i = 0; i < NEAREST_MAX && nearest[i].exchange != NULL; i++) {
        add_near_miss(search, &nearest[i], body);
    }
}

static void add_numbers(const struct search *search, struct mock_body *body)
{
    cJSON *numbers = cJSON_CreateArray();
    for (size_t i = 0; i < search->found_count && i < NUMBERS_MAX; i++) {
        cJSON *number = cJSON_CreateNumber((double)search->found[i]->number);
        body->failed = body->failed || number == NULL || !cJSON_AddItemToArray(numbers, number);
    }
    mock_body_json(body, "numbers", numbers);
}

static void add_intervals(const struct search *search, struct mock_body *body)
{
    cJSON *intervals = cJSON_CreateArray();
    for (size_t i = 0; i + 1 < search->found_count && i + 1 < NUMBERS_MAX; i++) {
        cJSON *number = cJSON_CreateNumber((double)interval_ms(search, i));
        body->failed = body->failed || number == NULL || !cJSON_AddItemToArray(intervals, number);
    }
    mock_body_json(body, "intervals_ms", intervals);
}

static void add_outcome(struct search *search, struct mock_body *body)
{
    COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text expected = {0};
    const bool verified = search->problem.length == 0;
    append_expected(&expected, search->expectation);
    mock_body_string(&item, "expected", cog_text_string(&expected));
    mock_body_boolean(&item, "verified", verified);
    mock_body_integer(&item, "found", (int64_t)search->found_count);
    add_numbers(search, &item);
    add_intervals(search, &item);
    if (!verified) {
        mock_body_string(&item, "problem", cog_text_string(&search->problem));
        add_nearest(search, &item);
    }
    search->failed = search->failed || expected.failed || search->problem.failed;
    mock_body_array_append(body, &item);
}

static void note_verdict(const struct search *search, struct mock_verdict *verdict)
{
    verdict->count += search->found_count;
    if (search->problem.length > 0 && verdict->verified) {
        verdict->verified = false;
        (void)snprintf(verdict->problem, sizeof verdict->problem, "%s",
                       cog_text_string(&search->problem));
    }
}

enum cog_code mock_verification_run(const struct mock_verification *verification,
                                    const struct mock_server *server, struct mock_body *body,
                                    struct mock_verdict *out_verdict)
{
    struct mock_verdict verdict = {.verified = true};
    uint64_t order = 0;
    mock_body_array(body, "expectations");
    for (size_t i = 0; i < verification->expectation_count; i++) {
        COG_CLEANUP(search_finish)
        struct search search = {.server = server, .expectation = &verification->expectations[i]};
        find_all(&search);
        judge_count(&search);
        judge_intervals(&search);
        if (verification->in_order) {
            order = judge_order(&search, order);
        }
        add_outcome(&search, body);
        note_verdict(&search, &verdict);
        if (search.failed || body->failed) {
            return COG_ERROR_MEMORY;
        }
    }
    *out_verdict = verdict;
    return COG_OK;
}
