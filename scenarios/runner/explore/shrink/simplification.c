#include "explore/shrink/simplification.h"

#include "explore/faults/patch.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>

#include <stdint.h>
#include <string.h>

enum { DEPTH_MAX = 16, SECOND_MS = 1000 };

static const char *const parts[] = {"server", "faults", "client"};

static bool is_among(const char *word, const char *const *words)
{
    for (; word != NULL && *words != NULL; words++) {
        if (strcmp(word, *words) == 0) {
            return true;
        }
    }
    return false;
}

static cJSON *find(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* Without such a member more would go wrong, or for longer; but what strikes one attempt needs no
 * other end. */
static bool is_limit(const cJSON *parent, const cJSON *node)
{
    static const char *const limits[] = {"nth", "attempts",  "from",  "connections", "until",
                                         "for", "stolen_at", "times", NULL};
    static const char *const ends[] = {"for", "times", NULL};
    const bool is_single = find(parent, "nth") != NULL && find(parent, "attempts") != NULL;
    return is_among(node->string, limits) && !(is_single && is_among(node->string, ends));
}

static bool likes(struct scn_simplifier *simplifier, const cJSON *scenario)
{
    const bool is_liked = simplifier->likes(simplifier->context, scenario);
    simplifier->kept_count += is_liked ? 1 : 0;
    return is_liked;
}

/* A tree in the works. */
struct bench {
    cJSON *scenario;
    struct scn_simplifier *simplifier;
};

/* Takes out the children from `first` on, to be put back where they were. */
static cJSON *take_out(cJSON *parent, int first, int count)
{
    cJSON *taken = cJSON_CreateArray();
    for (int i = 0; taken != NULL && i < count; i++) {
        cJSON *child = cJSON_GetArrayItem(parent, first);
        (void)cJSON_AddItemToArray(taken, cJSON_DetachItemViaPointer(parent, child));
    }
    return taken;
}

/* By hand: what cJSON_InsertItemInArray() does with an item that was detached depends on how a
 * distribution has patched it. */
static void link_at(cJSON *parent, int index, cJSON *node)
{
    cJSON *next = cJSON_GetArrayItem(parent, index);
    if (next == NULL) {
        (void)cJSON_AddItemToArray(parent, node);
        return;
    }
    node->next = next;
    node->prev = next->prev; /* Of the first one: the last. */
    if (next == parent->child) {
        parent->child = node;
    } else {
        next->prev->next = node;
    }
    next->prev = node;
}

static void put_back(cJSON *parent, int first, cJSON *taken)
{
    for (int i = 0; taken->child != NULL; i++) {
        link_at(parent, first + i, cJSON_DetachItemViaPointer(taken, taken->child));
    }
}

static bool has_limit(const cJSON *parent, int first, int count)
{
    const cJSON *child = cJSON_GetArrayItem(parent, first);
    for (int i = 0; i < count; i++, child = child->next) {
        if (is_limit(parent, child)) {
            return true;
        }
    }
    return false;
}

static bool try_without(struct bench *bench, cJSON *parent, int first, int count)
{
    if (has_limit(parent, first, count)) {
        return false;
    }
    cJSON *taken = take_out(parent, first, count);
    if (taken == NULL) {
        return false;
    }
    const bool is_kept = likes(bench->simplifier, bench->scenario);
    if (!is_kept) {
        put_back(parent, first, taken);
    }
    cJSON_Delete(taken);
    return is_kept;
}

/* All of them, then halves, quarters, … and each alone. */
static void thin_out(struct bench *bench, cJSON *parent)
{
    for (int size = cJSON_GetArraySize(parent); size > 0; size /= 2) {
        int first = 0;
        while (first + size <= cJSON_GetArraySize(parent)) {
            if (!try_without(bench, parent, first, size)) {
                first += size;
            }
        }
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as it says. */
static void thin_out_all(struct bench *bench, cJSON *parent, int depth)
{
    cJSON *child = NULL;
    thin_out(bench, parent);
    cJSON_ArrayForEach(child, parent)
    {
        if (child->child != NULL && depth < DEPTH_MAX) {
            thin_out_all(bench, child, depth + 1);
        }
    }
}

/* Where it stands among its parent's children. */
static int index_of(const cJSON *parent, const cJSON *child)
{
    int index = 0;
    for (const cJSON *other = parent->child; other != child; other = other->next) {
        index++;
    }
    return index;
}

void scn_simplify_structure(cJSON *scenario, struct scn_simplifier *simplifier)
{
    struct bench bench = {scenario, simplifier};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        cJSON *part = find(scenario, parts[i]);
        if (part != NULL && !try_without(&bench, scenario, index_of(scenario, part), 1)) {
            thin_out_all(&bench, part, 0);
        }
    }
}

/*
 * In the place of a child another one. Where that is not liked the child is there again, else it
 * is gone.
 *
 * @param replacement taken; NULL, without memory, is not liked
 */
static bool try_instead(struct bench *bench, cJSON *parent, cJSON *child, cJSON *replacement)
{
    if (replacement == NULL) {
        return false;
    }
    const int index = index_of(parent, child);
    if (child->string != NULL) {
        /* Only so does it get a name of its own. */
        if (!cJSON_AddItemToObject(parent, child->string, replacement)) {
            cJSON_Delete(replacement);
            return false;
        }
        (void)cJSON_DetachItemViaPointer(parent, replacement);
    }
    (void)cJSON_DetachItemViaPointer(parent, child);
    link_at(parent, index, replacement);
    if (likes(bench->simplifier, bench->scenario)) {
        cJSON_Delete(child);
        return true;
    }
    cJSON_Delete(cJSON_DetachItemViaPointer(parent, replacement));
    link_at(parent, index, child);
    return false;
}

/* The simplest first. */
static const char *const simple_kinds[] = {
    "{\"status\":503}",        "{\"status\":500}", "{\"status\":429}", "\"close_no_response\"",
    "\"timeout_after_apply\"", "\"empty_body\"",   "\"not_json\"",
};
/* Those of connections. */
static const char *const simple_connections[] = {"\"refused\"", "\"connect_timeout\""};

/* @param kinds each simpler than those behind it, and than all others */
static void simplify_kind(struct bench *bench, cJSON *fault, const char *const *kinds, size_t count)
{
    cJSON *inject = find(fault, "inject");
    for (size_t i = 0; i < count; i++) {
        cJSON *simpler = cJSON_Parse(kinds[i]);
        if (cJSON_Compare(simpler, inject, true)) {
            cJSON_Delete(simpler);
            return;
        }
        if (try_instead(bench, fault, inject, simpler)) {
            return;
        }
    }
}

/* {"kind": "html_body"} is "html_body". */
static void shorten_kind(struct bench *bench, cJSON *fault)
{
    cJSON *inject = find(fault, "inject");
    const char *kind = cJSON_GetStringValue(find(inject, "kind"));
    if (kind != NULL && cJSON_GetArraySize(inject) == 1) {
        (void)try_instead(bench, fault, inject, cJSON_CreateString(kind));
    }
}

/* From a number on, or always: only the first time. */
static cJSON *make_single(const cJSON *fault)
{
    const cJSON *from = find(fault, "from");
    const cJSON *nth = find(fault, "nth");
    COG_CLEANUP(cog_json_finish) cJSON *single = cJSON_Duplicate(fault, true);
    const int first = 1;
    cJSON_DeleteItemFromObjectCaseSensitive(single, "from");
    if (single == NULL ||
        (nth == NULL &&
         cJSON_AddNumberToObject(single, "nth", from != NULL ? from->valuedouble : 1) == NULL)) {
        return NULL;
    }
    if (find(single, "attempts") == NULL &&
        !scn_patch_put(single, "attempts", cJSON_CreateIntArray(&first, 1))) {
        return NULL;
    }
    cJSON *result = single;
    single = NULL;
    return result;
}

/* Of connections: for a while, which a patient client sits out. */
static cJSON *make_short(const cJSON *fault)
{
    COG_CLEANUP(cog_json_finish) cJSON *passing = cJSON_Duplicate(fault, true);
    if (passing == NULL || cJSON_AddStringToObject(passing, "for", "4s") == NULL) {
        return NULL;
    }
    cJSON *result = passing;
    passing = NULL;
    return result;
}

/* @param faults the list, in which it may be replaced */
static void simplify_duration(struct bench *bench, cJSON *faults, cJSON *fault)
{
    const bool is_of_call = find(fault, "call") != NULL;
    if (is_of_call && (find(fault, "nth") == NULL || find(fault, "attempts") == NULL)) {
        (void)try_instead(bench, faults, fault, make_single(fault));
    } else if (!is_of_call && find(fault, "for") == NULL) {
        (void)try_instead(bench, faults, fault, make_short(fault));
    }
}

void scn_simplify_faults(cJSON *scenario, struct scn_simplifier *simplifier)
{
    struct bench bench = {scenario, simplifier};
    cJSON *faults = find(scenario, "faults");
    for (int i = 0; i < cJSON_GetArraySize(faults); i++) {
        simplify_duration(&bench, faults, cJSON_GetArrayItem(faults, i));
        cJSON *fault = cJSON_GetArrayItem(faults, i);
        if (find(fault, "call") != NULL) {
            simplify_kind(&bench, fault, simple_kinds, sizeof simple_kinds / sizeof *simple_kinds);
        } else {
            simplify_kind(&bench, fault, simple_connections,
                          sizeof simple_connections / sizeof *simple_connections);
        }
        shorten_kind(&bench, fault);
    }
}

/* Numbers that are no amounts. */
static bool is_name(const cJSON *node)
{
    static const char *const names[] = {"status", "value", NULL};
    return is_among(node->string, names);
}

/* The least that there can be, half of it, a little less. */
static bool lower_number(struct bench *bench, cJSON *parent, cJSON *node)
{
    const double now = node->valuedouble;
    const double lower[] = {0, 1, (double)(int64_t)(now / 2), now - 1};
    for (size_t i = 0; i < sizeof lower / sizeof lower[0]; i++) {
        if (lower[i] >= 0 && lower[i] < now &&
            try_instead(bench, parent, node, cJSON_CreateNumber(lower[i]))) {
            return true;
        }
    }
    return false;
}

static bool lower_duration(struct bench *bench, cJSON *parent, cJSON *node, int64_t now_ms)
{
    /* Whole seconds are easier to read. */
    const int64_t half_ms = now_ms / 2 - now_ms / 2 % SECOND_MS;
    const int64_t lower_ms[] = {0, SECOND_MS, half_ms, now_ms - SECOND_MS,
                                now_ms - now_ms % SECOND_MS};
    char text[COG_DURATION_TEXT_SIZE];
    for (size_t i = 0; i < sizeof lower_ms / sizeof lower_ms[0]; i++) {
        if (lower_ms[i] >= 0 && lower_ms[i] < now_ms &&
            try_instead(bench, parent, node,
                        cJSON_CreateString(cog_duration_format(lower_ms[i], text)))) {
            return true;
        }
    }
    return false;
}

/* @return whether there is another value now, and the node is gone */
static bool lower(struct bench *bench, cJSON *parent, cJSON *node)
{
    int64_t now_ms = 0;
    if (cJSON_IsNumber(node) && !is_name(node)) {
        return lower_number(bench, parent, node);
    }
    if (cJSON_IsString(node) && cog_duration_parse(node->valuestring, &now_ms, NULL) == COG_OK) {
        return lower_duration(bench, parent, node, now_ms);
    }
    return false;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as it says. */
static void lower_all(struct bench *bench, cJSON *parent, int depth)
{
    for (int i = 0; i < cJSON_GetArraySize(parent); i++) {
        while (lower(bench, parent, cJSON_GetArrayItem(parent, i))) {
        }
        cJSON *child = cJSON_GetArrayItem(parent, i);
        if (child->child != NULL && depth < DEPTH_MAX) {
            lower_all(bench, child, depth + 1);
        }
    }
}

void scn_simplify_values(cJSON *scenario, struct scn_simplifier *simplifier)
{
    struct bench bench = {scenario, simplifier};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        cJSON *part = find(scenario, parts[i]);
        if (part != NULL) {
            lower_all(&bench, part, 0);
        }
    }
}
