#include "explore/report/ranking.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What does harm to the target, and then what says that it does not. */
static const char *const gravest[] = {"I1", "I2", "I4", "I5", "I3"};

enum { GRAVEST_COUNT = sizeof gravest / sizeof gravest[0] };

/* The less the graver. */
static size_t rank_check(const char *check)
{
    size_t rank = 0;
    while (rank < GRAVEST_COUNT && strcmp(gravest[rank], check) != 0) {
        rank++;
    }
    return rank;
}

static int compare_numbers(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

/* How grave findings are, failures before what could not be judged. */
static int compare_findings(const struct scn_finding *left, const struct scn_finding *right)
{
    return left->result != right->result
               ? (left->result == SCN_FAIL ? -1 : 1)
               : compare_numbers(rank_check(left->subject), rank_check(right->subject));
}

const char *scn_discovery_id(size_t index, char buffer[SCN_DISCOVERY_ID_SIZE])
{
    (void)snprintf(buffer, SCN_DISCOVERY_ID_SIZE, "f%zu", index + 1);
    return buffer;
}

size_t scn_discovery_fault_count(const struct scn_discovery *discovery)
{
    size_t count = 0;
    while (count < SCN_DISCOVERY_FAULTS_MAX && discovery->faults[count] != NULL) {
        count++;
    }
    return count;
}

const struct scn_finding *scn_discovery_gravest(const struct scn_discovery *discovery)
{
    const struct scn_findings *findings = &discovery->findings;
    const struct scn_finding *first = findings->count > 0 ? &findings->items[0] : NULL;
    for (size_t i = 1; i < findings->count; i++) {
        first = compare_findings(&findings->items[i], first) < 0 ? &findings->items[i] : first;
    }
    return first;
}

static bool is_of_word(char letter)
{
    return isalnum((unsigned char)letter) || letter == '_';
}

/* Where the word that begins here ends: "env-7", "1.5s", and "10:00:05", but not "ends.". */
static size_t measure_word(const char *text)
{
    size_t length = 0;
    while (is_of_word(text[length]) ||
           (length > 0 && text[length] != '\0' && strchr("-.:", text[length]) != NULL &&
            is_of_word(text[length + 1]))) {
        length++;
    }
    return length;
}

static bool has_digit(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (isdigit((unsigned char)text[i])) {
            return true;
        }
    }
    return false;
}

/* Never longer than the text. */
static void generalise(const char *text, char out_text[SCN_FINDING_TEXT_SIZE])
{
    size_t used = 0;
    while (*text != '\0') {
        const size_t length = measure_word(text) > 0 ? measure_word(text) : 1;
        if (has_digit(text, length)) {
            out_text[used++] = 'N';
        } else {
            memcpy(out_text + used, text, length);
            used += length;
        }
        text += length;
    }
    out_text[used] = '\0';
}

static struct scn_ranked_group *find_group(const struct scn_ranking *ranking,
                                           const struct scn_finding *finding, const char *text)
{
    for (size_t i = 0; i < ranking->count; i++) {
        struct scn_ranked_group *group = &ranking->groups[i];
        if (group->finding->result == finding->result &&
            strcmp(group->finding->subject, finding->subject) == 0 &&
            strcmp(group->text, text) == 0) {
            return group;
        }
    }
    return NULL;
}

/* There is room for one group a discovery. */
static void take(struct scn_ranking *ranking, const struct scn_discovery *discovery, size_t index)
{
    const struct scn_finding *finding = scn_discovery_gravest(discovery);
    if (finding == NULL) {
        return;
    }
    char text[SCN_FINDING_TEXT_SIZE];
    generalise(finding->text, text);
    const size_t fault_count = scn_discovery_fault_count(discovery);
    struct scn_ranked_group *group = find_group(ranking, finding, text);
    const size_t count = group != NULL ? group->count : 0;
    if (group == NULL) {
        group = &ranking->groups[ranking->count++];
        memcpy(group->text, text, strlen(text) + 1);
    }
    if (count == 0 || fault_count < group->fault_count) {
        group->finding = finding;
        group->smallest_index = index;
        group->fault_count = fault_count;
    }
    group->count = count + 1;
}

static int compare_groups(const void *left_group, const void *right_group)
{
    const struct scn_ranked_group *left = left_group;
    const struct scn_ranked_group *right = right_group;
    const int orders[] = {
        compare_findings(left->finding, right->finding),
        compare_numbers(left->fault_count, right->fault_count),
        compare_numbers(right->count, left->count),
        compare_numbers(left->smallest_index, right->smallest_index),
    };
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

enum cog_code scn_ranking_make(const struct scn_exploration *exploration,
                               struct scn_ranking *out_ranking)
{
    struct scn_ranking ranking = {
        .groups = calloc(exploration->discovery_count + 1, sizeof *ranking.groups),
    };
    if (ranking.groups == NULL) {
        return COG_ERROR_MEMORY;
    }
    for (size_t i = 0; i < exploration->discovery_count; i++) {
        take(&ranking, &exploration->discoveries[i], i);
    }
    qsort(ranking.groups, ranking.count, sizeof *ranking.groups, compare_groups);
    *out_ranking = ranking;
    return COG_OK;
}

void scn_ranking_finish(struct scn_ranking *ranking)
{
    free(ranking->groups);
    *ranking = (struct scn_ranking){0};
}
