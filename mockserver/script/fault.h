/** Injected faults: which requests they strike, and what they do to the answer. */
#ifndef MOCK_SCRIPT_FAULT_H
#define MOCK_SCRIPT_FAULT_H

#include "script/call.h"

#include <cogbase/document.h>
#include <cogbase/text.h>
#include <cogmock/faults.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MOCK_FAULTS_MAX = 1000,
    MOCK_FAULT_NUMBERS_MAX = 32,
    MOCK_FAULT_NAME_SIZE = 32,
    MOCK_FAULT_DESCRIPTION_SIZE = 256,
    MOCK_FAULT_RAW_SIZE = 129,
    MOCK_FAULT_HEADERS_MAX = 16,
};

/** In the order of their phases. */
enum mock_fault_kind {
    /* The connection: no request ever comes. */
    MOCK_FAULT_REFUSED,
    MOCK_FAULT_CONNECT_TIMEOUT,
    MOCK_FAULT_RESET_ON_ACCEPT,
    MOCK_FAULT_TLS_UNTRUSTED,
    MOCK_FAULT_TLS_EXPIRED,
    MOCK_FAULT_TLS_WRONG_HOST,

    /* While the request is sent. */
    MOCK_FAULT_RESET_BEFORE_BODY,
    MOCK_FAULT_RESET_MID_BODY,
    MOCK_FAULT_STALL_UPLOAD,

    /* After it was applied. */
    MOCK_FAULT_RESET_AFTER_APPLY,
    MOCK_FAULT_CLOSE_NO_RESPONSE,
    MOCK_FAULT_TIMEOUT_AFTER_APPLY,
    MOCK_FAULT_KEEPALIVE_CLOSE,

    /* The answer on the wire. */
    MOCK_FAULT_DELAY,
    MOCK_FAULT_HEADERS,
    MOCK_FAULT_RESET_AFTER_HEADERS,
    MOCK_FAULT_TRUNCATED_BODY,
    MOCK_FAULT_OVERSIZED_BODY,
    MOCK_FAULT_BAD_GZIP,
    MOCK_FAULT_DRIP,
    MOCK_FAULT_TRUNCATED_HEADERS,
    MOCK_FAULT_BAD_CHUNK,
    MOCK_FAULT_GARBAGE_THEN_CLOSE,
    MOCK_FAULT_WRONG_CONTENT_LENGTH,
    MOCK_FAULT_HUGE_HEADERS,
    MOCK_FAULT_MANY_HEADERS,
    MOCK_FAULT_MANY_1XX,
    MOCK_FAULT_DUPLICATE_HEADERS,
    MOCK_FAULT_REDIRECT,

    /* Its body: it says something else, or nothing that can be read. */
    MOCK_FAULT_EMPTY_BODY,
    MOCK_FAULT_NOT_JSON,
    MOCK_FAULT_HTML_BODY,
    MOCK_FAULT_WRONG_TYPES,
    MOCK_FAULT_MISSING_FIELDS,
    MOCK_FAULT_TRUNCATED_JSON,
    MOCK_FAULT_NULLS,
    MOCK_FAULT_MISSING_FIELD,
    MOCK_FAULT_SET_FIELD,
    MOCK_FAULT_UNKNOWN_STATUS,
    MOCK_FAULT_OTHER_CASE,
    MOCK_FAULT_UNKNOWN_FIELDS,
    MOCK_FAULT_DUPLICATE_KEYS,
    MOCK_FAULT_DEEP_JSON,
    MOCK_FAULT_INVALID_UTF8,
    MOCK_FAULT_NUMBER_OVERFLOW,
    MOCK_FAULT_NAN,
    MOCK_FAULT_PROBLEM_BODY,
    MOCK_FAULT_OTHER_ID,

    MOCK_FAULT_STATUS, /**< Has no name of its own in the language: `{"status": 429}`. */
};

enum mock_phase {
    MOCK_PHASE_CONNECT,
    MOCK_PHASE_SEND,
    MOCK_PHASE_AFTER_APPLY,
    MOCK_PHASE_RESPONSE,
    MOCK_PHASE_BODY,
    MOCK_PHASE_STATUS,
};

enum mock_phase mock_fault_phase(enum mock_fault_kind kind);

/** "connect", "send", "after_apply", "response", "body", "status" */
const char *mock_phase_name(enum mock_phase phase);

/** Whether it only adds to an answer, so that it goes with any other kind. */
bool mock_fault_kind_adds(enum mock_fault_kind kind);

enum mock_retry_after_form {
    MOCK_RETRY_AFTER_NONE,
    MOCK_RETRY_AFTER_SECONDS,
    MOCK_RETRY_AFTER_IMF_FIXDATE,
    MOCK_RETRY_AFTER_RFC850,
    MOCK_RETRY_AFTER_ASCTIME,
    MOCK_RETRY_AFTER_RAW,
};

struct mock_retry_after {
    enum mock_retry_after_form form;
    int64_t after_ms;
    char raw[MOCK_FAULT_RAW_SIZE]; /**< Of the form RAW. */
};

/** The body of an injected status. */
enum mock_fault_body {
    MOCK_FAULT_BODY_PROBLEM,
    MOCK_FAULT_BODY_EMPTY,
    MOCK_FAULT_BODY_TEXT,
    MOCK_FAULT_BODY_HTML,
    MOCK_FAULT_BODY_JSON_NULL,
    MOCK_FAULT_BODY_RAW,
};

/** A header that the answer gets. Both owned. */
struct mock_fault_header {
    char *name;
    char *value;
};

struct mock_injection {
    enum mock_fault_kind kind;
    bool applied;        /**< The world handles the request before its answer is spoilt. */
    int64_t delay_ms;    /**< Combines with any kind. */
    int64_t after_bytes; /**< Of kinds that cut: where. -1: where that kind has it. */
    bool after_headers;  /**< Of kinds that give no answer: its headers come all the same. */
    char *field;         /**< Of MISSING_FIELD and SET_FIELD. Owned. */
    char *value;         /**< Of SET_FIELD: JSON. Owned. */
    char *location;      /**< Of REDIRECT; NULL: the request's own target. Owned. */
    int64_t every_ms;    /**< Of DRIP: between two pieces. */
    int64_t piece_bytes; /**< Of DRIP. */
    struct mock_fault_header headers[MOCK_FAULT_HEADERS_MAX]; /**< Combines with any kind. */
    size_t header_count;
    int status; /**< Of STATUS and REDIRECT; the rest: of STATUS. */
    struct mock_retry_after retry_after;
    enum mock_fault_body body;
    char *raw_body; /**< Owned; NULL unless `body` is RAW. */
};

/** Numbers of calls or attempts, from 1; an empty list means every one. */
struct mock_fault_numbers {
    int items[MOCK_FAULT_NUMBERS_MAX];
    size_t count;
};

/** The phase CONNECT goes by time and connections, all others by call. */
struct mock_fault {
    enum mock_call call; /**< UNKNOWN for the phase CONNECT. */
    struct mock_fault_numbers nths;
    int from; /**< That logical call and all later ones; 0 for none. */
    struct mock_fault_numbers attempts;
    double probability; /**< 0: always. */
    int64_t times;      /**< Then it is spent: requests, or connections; 0: never. */
    int64_t from_ms;    /**< After it was armed. */
    int64_t for_ms;     /**< From then on; 0: for ever. */
    struct mock_injection injection;
    char *source;                                  /**< As in the scenario language. Owned. */
    char name[MOCK_FAULT_NAME_SIZE];               /**< "status 429", "reset_after_headers" */
    char description[MOCK_FAULT_DESCRIPTION_SIZE]; /**< "promote attempt 2: status 429, applied" */
};

/** Releases what the fault owns. */
void mock_fault_finish(struct mock_fault *fault);

/** One request as faults address it. */
struct mock_address {
    enum mock_call call;
    int nth;     /**< The n-th logical call of that name, from 1. */
    int attempt; /**< The attempt of that call, from 1. */
};

bool mock_fault_matches(const struct mock_fault *fault, const struct mock_address *address);

/** Fills `name` and `description` from the rest. */
void mock_fault_describe(struct mock_fault *fault);

/**
 * Appends what it does to an answer, in words without spaces, each with a space before it but for
 * the text's first: "status_500_applied delay".
 */
void mock_injection_append_kinds(const struct mock_injection *injection, struct cog_text *text);

/** Releases what the injection owns. */
void mock_injection_finish(struct mock_injection *injection);

/** What a fault has when it does not say; each may be NULL for nothing. */
struct mock_fault_defaults {
    const cJSON *inject;
    const char *call; /**< Only of a fault that strikes requests. */
};

/**
 * Reads one fault.
 *
 * @param shared NULL for nothing
 * @param out_fault empty; has to be finished by the caller, also on failure
 */
enum cog_code mock_fault_read(const struct cog_document *document, const cJSON *node,
                              const struct mock_fault_defaults *shared,
                              struct mock_fault *out_fault, struct cog_error *error) COG_CHECK;

/**
 * Refuses a kind that would change nothing about the fault's call: such a fault would count as one
 * that struck, and test nothing.
 */
enum cog_code mock_fault_check_call(const struct cog_document *document, const cJSON *node,
                                    const struct mock_fault *fault,
                                    struct cog_error *error) COG_CHECK;

/**
 * Reads what a fault injects.
 *
 * @param node the member `inject`
 * @param out_injection has to be finished by the caller, also on failure
 */
enum cog_code mock_injection_read(const struct cog_document *document, const cJSON *node,
                                  struct mock_injection *out_injection,
                                  struct cog_error *error) COG_CHECK;

/** Reads the members of a kind that only some kinds have: `field`, `every` and the like. */
enum cog_code mock_injection_read_details(const struct cog_document *document, const cJSON *object,
                                          struct mock_injection *injection,
                                          struct cog_error *error) COG_CHECK;

/** Refuses a kind that lacks a member which it needs. */
enum cog_code mock_injection_check_details(const struct cog_document *document, const cJSON *node,
                                           enum mock_fault_kind kind,
                                           struct cog_error *error) COG_CHECK;

/** Reads the member `headers`, if it is there. */
enum cog_code mock_injection_read_headers(const struct cog_document *document, const cJSON *object,
                                          struct mock_injection *injection,
                                          struct cog_error *error) COG_CHECK;

#endif
