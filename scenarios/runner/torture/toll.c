#include "torture/toll.h"

#include <stdlib.h>
#include <string.h>

/* What comes first of its bytes: the harms follow, and then the record. */
struct head {
    uint64_t point_count;
    uint64_t harm_count;
    uint64_t record_length;
    uint64_t has_failed;
};

/* @return where `count` more can be written; NULL without memory */
static struct scn_harm *make_room(struct scn_toll *toll, size_t count)
{
    struct scn_harm *harms = realloc(toll->harms, (toll->harm_count + count) * sizeof *harms);
    if (harms == NULL) {
        toll->failed = true;
        return NULL;
    }
    toll->harms = harms;
    harms += toll->harm_count;
    toll->harm_count += count;
    return harms;
}

static void append(struct scn_toll *toll, const struct scn_point *point,
                   const struct scn_finding *finding)
{
    struct scn_harm *harm = make_room(toll, 1);
    if (harm != NULL) {
        *harm = (struct scn_harm){.point = *point, .finding = *finding};
    }
}

void scn_toll_add(struct scn_toll *toll, const struct scn_point *point, struct scn_ordeal *ordeal)
{
    toll->point_count += ordeal->is_reached ? 1 : 0;
    toll->failed = toll->failed || ordeal->findings.failed;
    for (size_t i = 0; i < ordeal->findings.count; i++) {
        append(toll, point, &ordeal->findings.items[i]);
    }
    if (toll->record == NULL) {
        toll->record = ordeal->record;
        ordeal->record = NULL;
    }
}

void scn_toll_fail(struct scn_toll *toll, const struct scn_point *point, enum scn_result result,
                   const char *reason)
{
    struct scn_findings findings = {0};
    scn_findings_append(&findings, result, "run", "%s", reason);
    toll->failed = toll->failed || findings.failed;
    for (size_t i = 0; i < findings.count; i++) {
        append(toll, point, &findings.items[i]);
    }
    scn_findings_finish(&findings);
}

void scn_toll_merge(struct scn_toll *toll, struct scn_toll *other)
{
    toll->point_count += other->point_count;
    toll->failed = toll->failed || other->failed;
    struct scn_harm *harms = other->harm_count > 0 ? make_room(toll, other->harm_count) : NULL;
    if (harms != NULL) {
        memcpy(harms, other->harms, other->harm_count * sizeof *harms);
    }
    if (toll->record == NULL) {
        toll->record = other->record;
        other->record = NULL;
    }
    scn_toll_finish(other);
}

static int compare_numbers(int left, int right)
{
    return (left > right) - (left < right);
}

static int compare_harms(const void *left_item, const void *right_item)
{
    const struct scn_point *left = &((const struct scn_harm *)left_item)->point;
    const struct scn_point *right = &((const struct scn_harm *)right_item)->point;
    int order = compare_numbers(left->at, right->at);
    order = order != 0 ? order : compare_numbers(left->again, right->again);
    order = order != 0 ? order : compare_numbers(left->is_moved ? 1 : 0, right->is_moved ? 1 : 0);
    return order != 0 ? order
                      : strcmp(((const struct scn_harm *)left_item)->finding.subject,
                               ((const struct scn_harm *)right_item)->finding.subject);
}

void scn_toll_sort(struct scn_toll *toll)
{
    if (toll->harm_count > 0) {
        qsort(toll->harms, toll->harm_count, sizeof *toll->harms, compare_harms);
    }
}

enum scn_result scn_toll_verdict(const struct scn_toll *toll)
{
    enum scn_result verdict = toll->failed ? SCN_INCONCLUSIVE : SCN_PASS;
    for (size_t i = 0; i < toll->harm_count; i++) {
        if (toll->harms[i].finding.result == SCN_FAIL) {
            return SCN_FAIL;
        }
        verdict = SCN_INCONCLUSIVE;
    }
    return verdict;
}

void scn_toll_format(const struct scn_toll *toll, struct cog_text *text)
{
    const struct head head = {
        .point_count = toll->point_count,
        .harm_count = toll->harm_count,
        .record_length = toll->record != NULL ? strlen(toll->record) : 0,
        .has_failed = toll->failed ? 1 : 0,
    };
    cog_text_append_bytes(text, (const char *)&head, sizeof head);
    if (toll->harm_count > 0) {
        cog_text_append_bytes(text, (const char *)toll->harms,
                              toll->harm_count * sizeof *toll->harms);
    }
    cog_text_append(text, toll->record != NULL ? toll->record : "");
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code scn_toll_parse(const char *bytes, size_t length, struct scn_toll *out_toll,
                             struct cog_error *error)
{
    COG_CLEANUP(scn_toll_finish) struct scn_toll toll = {0};
    struct head head = {0};
    if (length >= sizeof head) {
        memcpy(&head, bytes, sizeof head);
    }
    const size_t left = length - (length >= sizeof head ? sizeof head : 0);
    if (length < sizeof head || head.harm_count > left / sizeof *toll.harms ||
        left - head.harm_count * sizeof *toll.harms != head.record_length) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "a worker told what is no toll");
    }
    bytes += sizeof head;
    toll.point_count = (size_t)head.point_count;
    toll.failed = head.has_failed != 0;
    if (head.harm_count > 0) {
        if (make_room(&toll, (size_t)head.harm_count) == NULL) {
            return fail_memory(error);
        }
        memcpy(toll.harms, bytes, toll.harm_count * sizeof *toll.harms);
    }
    if (head.record_length > 0) {
        toll.record = cog_string_clone(bytes + toll.harm_count * sizeof *toll.harms,
                                       (size_t)head.record_length);
        if (toll.record == NULL) {
            return fail_memory(error);
        }
    }
    *out_toll = toll;
    toll = (struct scn_toll){0};
    return COG_OK;
}

void scn_toll_finish(struct scn_toll *toll)
{
    free(toll->harms);
    free(toll->record);
    *toll = (struct scn_toll){0};
}
