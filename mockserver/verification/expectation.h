/** What somebody expects of the calls that were made: which ones, how many, how far apart. */
#ifndef MOCK_VERIFICATION_EXPECTATION_H
#define MOCK_VERIFICATION_EXPECTATION_H

#include <cogbase/document.h>

#include <stdbool.h>

/** Of calls; that many is as good as no limit. */
enum { MOCK_EXPECTED_COUNT_MAX = 1000000 };

/** How an expected body has to fit. */
enum mock_body_match {
    MOCK_BODY_SUBSET, /**< Each expected member is there; others may be as well. */
    MOCK_BODY_EQUALS, /**< The same JSON, whatever the order of members. */
    MOCK_BODY_TEXT,   /**< The same bytes. */
};

/** Between the end of one call and the arrival of the next. */
struct mock_expected_intervals {
    int64_t minimum_ms;
    int64_t maximum_ms;
    bool grow; /**< None is shorter than the one before. */
};

/** Everything is borrowed from the document that it was read from. NULL and 0: does not matter. */
struct mock_expectation {
    const char *call;
    const char *method;
    const char *path; /**< Without the query; '*' at its end stands for anything. */
    const char *client;
    const cJSON *query;   /**< By name; null: must not be there; "*": must be there. */
    const cJSON *headers; /**< Likewise. */
    const cJSON *body;
    enum mock_body_match body_match;
    const cJSON *fault;   /**< As in `query`: null is none, "*" any. */
    const cJSON *applied; /**< true or false. */
    bool has_status;
    int64_t status_minimum;
    int64_t status_maximum;
    int64_t nth;
    int64_t attempt;
    int64_t since; /**< Only calls with a higher number count. */
    int64_t count_minimum;
    int64_t count_maximum;
    bool has_intervals;
    struct mock_expected_intervals intervals;
};

/** @return COG_OK, or COG_ERROR_SYNTAX with the place */
enum cog_code mock_expectation_read(const struct cog_document *document, const cJSON *object,
                                    struct mock_expectation *out_expectation,
                                    struct cog_error *error) COG_CHECK;

#endif
