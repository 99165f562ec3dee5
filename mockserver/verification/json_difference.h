/** Where two pieces of JSON differ, member by member. */
#ifndef MOCK_VERIFICATION_JSON_DIFFERENCE_H
#define MOCK_VERIFICATION_JSON_DIFFERENCE_H

#include "verification/comparison.h"

/**
 * Compares, and notes each value that agrees or differs.
 *
 * @param path of both, for the notes: "body"
 * @param actual NULL for none
 * @param is_subset whether `actual` may have more members than `expected`
 */
void mock_json_compare(struct mock_comparison *comparison, const char *path, const cJSON *expected,
                       const cJSON *actual, bool is_subset);

#endif
