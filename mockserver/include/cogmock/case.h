/** The runs that one scenario file tells: a table of cases, and the calls that each is run for. */
#ifndef COGMOCK_CASE_H
#define COGMOCK_CASE_H

#include <cogbase/document.h>

enum {
    MOCK_CASES_MAX = 200,
    MOCK_CASE_RUNS_MAX = 1000, /**< Cases times calls. */
    MOCK_CASE_WORD_LENGTH_MAX = 64,
    MOCK_CASE_NAME_SIZE = 96, /**< Of a run: a call, a dot, a case. */
};

/** One run. Nodes and texts are borrowed from the document. `{0}` is that of a file without both.
 */
struct mock_case {
    const cJSON *node; /**< An object, or the name of what it injects; NULL for none. */
    const char *call;  /**< Of the faults that name none; NULL for none. */
    char name[MOCK_CASE_NAME_SIZE]; /**< "CASE", "CALL" or "CALL.CASE"; "" for neither. */
};

/**
 * Whether `cases` and `calls`, as far as they are there, have right names, each once, and right
 * members. What is in the members is for those who read them.
 *
 * @return COG_OK or COG_ERROR_SYNTAX
 */
enum cog_code mock_cases_check(const struct cog_document *document,
                               struct cog_error *error) COG_CHECK;

/** How many runs; 1 for a scenario without both. The document is a checked one, here and below. */
size_t mock_cases_count(const struct cog_document *document);

/** All cases of the first call, then those of the next one. @param index below the count */
void mock_cases_at(const struct cog_document *document, size_t index, struct mock_case *out_case);

/**
 * Checks, and finds the run of that name.
 *
 * @param name NULL: the scenario must have neither cases nor calls
 * @return COG_OK, or COG_ERROR_SYNTAX when there is no such run, or when one has to be chosen
 */
enum cog_code mock_cases_find(const struct cog_document *document, const char *name,
                              struct mock_case *out_case, struct cog_error *error) COG_CHECK;

#endif
