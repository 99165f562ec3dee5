#include "explore/search/pruning.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 256 };

/* One single fault. Owned texts. */
struct note {
    char *name;  /* Base and fault. */
    char *group; /* Base, place and exact course, or how it was overcome: those leave the same. */
    char *trait; /* Base, place and shape of the course. */
    char *kind;  /* What it is, wherever it strikes. */
    bool is_clean;
    size_t order;
    size_t weight;
};

/* One kind, with what it did at all its places. Owned texts. */
struct trait {
    char *kind;
    char *signature; /* Of whose requests, and course by place. */
    bool is_clean;   /* At none of them it changed anything. */
    bool is_implied;
    size_t order; /* Of its first note. */
};

struct scn_pruning {
    struct note *notes;
    size_t note_count;
    size_t note_capacity;
    struct trait *traits;
    size_t trait_count;
};

enum cog_code scn_pruning_create(struct scn_pruning **out_pruning)
{
    struct scn_pruning *pruning = calloc(1, sizeof *pruning);
    if (pruning == NULL) {
        return COG_ERROR_MEMORY;
    }
    *out_pruning = pruning;
    return COG_OK;
}

static bool is_lasting(const char *site)
{
    return strstr(site, "..") != NULL;
}

/* "promote#1" of "promote#1/a1", and "promote#1..": alone, once and for ever may come to the same,
 * but what lasts also strikes what only another fault leads to. */
static int place_length(const char *site)
{
    return (int)(is_lasting(site) ? strlen(site) : strcspn(site, "/"));
}

static const char *whose(const struct scn_fault *fault)
{
    return fault->call != NULL ? fault->call : fault->phase;
}

static char *compose_name(const char *base, const struct scn_fault *fault)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s|%s %s", base, fault->site, fault->kind);
    return cog_text_take(&text);
}

static char *compose_kind(const struct scn_fault *fault)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s|%s%s", whose(fault), fault->kind,
                           is_lasting(fault->site) ? ".." : "");
    return cog_text_take(&text);
}

/* What was overcome, and is over, leaves the same wherever it struck: attempts less, and later
 * times. */
static char *compose_group(const char *base, const struct scn_fault *fault,
                           const struct scn_course *course)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (course->overcome[0] != '\0' && !is_lasting(fault->site)) {
        cog_text_append_format(&text, "%s|overcome %s", base, course->overcome);
    } else {
        cog_text_append_format(&text, "%s|%.*s=%s", base, place_length(fault->site), fault->site,
                               course->exact);
    }
    return cog_text_take(&text);
}

static char *compose_trait(const char *base, const struct scn_fault *fault, const char *course)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s|%.*s=%s;", base, place_length(fault->site), fault->site,
                           course);
    return cog_text_take(&text);
}

static void note_finish(struct note *note)
{
    free(note->name);
    free(note->group);
    free(note->trait);
    free(note->kind);
    *note = (struct note){0};
}

static struct note note_take(struct note *note)
{
    const struct note taken = *note;
    *note = (struct note){0};
    return taken;
}

static bool make_room(struct scn_pruning *pruning)
{
    if (pruning->note_count < pruning->note_capacity) {
        return true;
    }
    const size_t capacity = pruning->note_capacity > 0 ? pruning->note_capacity * 2 : CAPACITY_MIN;
    struct note *notes = realloc(pruning->notes, capacity * sizeof *notes);
    if (notes == NULL) {
        return false;
    }
    pruning->notes = notes;
    pruning->note_capacity = capacity;
    return true;
}

enum cog_code scn_pruning_note(struct scn_pruning *pruning, const char *base,
                               const struct scn_fault *fault, const struct scn_course *course,
                               const struct scn_course *clean_course)
{
    COG_CLEANUP(note_finish)
    struct note note = {
        .name = compose_name(base, fault),
        .group = compose_group(base, fault, course),
        .trait = compose_trait(base, fault, course->shape),
        .kind = compose_kind(fault),
        .is_clean = strcmp(course->exact, clean_course->exact) == 0,
        .order = pruning->note_count,
    };
    if (note.name == NULL || note.group == NULL || note.trait == NULL || note.kind == NULL ||
        !make_room(pruning)) {
        return COG_ERROR_MEMORY;
    }
    pruning->notes[pruning->note_count++] = note_take(&note);
    return COG_OK;
}

static int compare_orders(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

static int compare_groups(const void *left, const void *right)
{
    const struct note *first = left;
    const struct note *second = right;
    const int order = strcmp(first->group, second->group);
    return order != 0 ? order : compare_orders(first->order, second->order);
}

static int compare_kinds(const void *left, const void *right)
{
    const struct note *first = left;
    const struct note *second = right;
    const int order = strcmp(first->kind, second->kind);
    return order != 0 ? order : compare_orders(first->order, second->order);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(((const struct note *)left)->name, ((const struct note *)right)->name);
}

static int compare_signatures(const void *left, const void *right)
{
    const struct trait *first = left;
    const struct trait *second = right;
    const int order = strcmp(first->signature, second->signature);
    return order != 0 ? order : compare_orders(first->order, second->order);
}

static int compare_traits(const void *left, const void *right)
{
    return strcmp(((const struct trait *)left)->kind, ((const struct trait *)right)->kind);
}

/* The first of each group stands for all of it. */
static void weigh(struct scn_pruning *pruning)
{
    qsort(pruning->notes, pruning->note_count, sizeof *pruning->notes, compare_groups);
    struct note *first = NULL;
    for (size_t i = 0; i < pruning->note_count; i++) {
        struct note *note = &pruning->notes[i];
        if (first == NULL || strcmp(first->group, note->group) != 0) {
            first = note;
        }
        first->weight += first->is_clean ? 0 : 1;
    }
}

/* Of notes of one kind, side by side. @return how many there were; 0 without memory */
static size_t read_trait(const struct note *notes, size_t count, struct trait *out_trait)
{
    COG_CLEANUP(cog_text_finish) struct cog_text signature = {0};
    struct trait trait = {.is_clean = true, .order = notes[0].order};
    size_t i = 0;
    cog_text_append_format(&signature, "%.*s|", (int)strcspn(notes[0].kind, "|"), notes[0].kind);
    for (; i < count && strcmp(notes[i].kind, notes[0].kind) == 0; i++) {
        cog_text_append(&signature, notes[i].trait);
        trait.is_clean = trait.is_clean && notes[i].is_clean;
    }
    trait.kind = cog_string_clone(notes[0].kind, strlen(notes[0].kind));
    trait.signature = cog_text_take(&signature);
    *out_trait = trait;
    return trait.kind != NULL && trait.signature != NULL ? i : 0;
}

static enum cog_code gather_traits(struct scn_pruning *pruning)
{
    pruning->traits = calloc(pruning->note_count + 1, sizeof *pruning->traits);
    if (pruning->traits == NULL) {
        return COG_ERROR_MEMORY;
    }
    qsort(pruning->notes, pruning->note_count, sizeof *pruning->notes, compare_kinds);
    for (size_t i = 0; i < pruning->note_count;) {
        const size_t count = read_trait(&pruning->notes[i], pruning->note_count - i,
                                        &pruning->traits[pruning->trait_count++]);
        if (count == 0) {
            return COG_ERROR_MEMORY;
        }
        i += count;
    }
    return COG_OK;
}

static void imply(struct scn_pruning *pruning)
{
    qsort(pruning->traits, pruning->trait_count, sizeof *pruning->traits, compare_signatures);
    for (size_t i = 0; i < pruning->trait_count; i++) {
        struct trait *trait = &pruning->traits[i];
        const bool has_first =
            i > 0 && strcmp(pruning->traits[i - 1].signature, trait->signature) == 0;
        trait->is_implied = trait->is_clean || has_first;
    }
}

enum cog_code scn_pruning_conclude(struct scn_pruning *pruning)
{
    if (pruning->note_count == 0) {
        return COG_OK;
    }
    weigh(pruning);
    enum cog_code code = gather_traits(pruning);
    if (code != COG_OK) {
        return code;
    }
    imply(pruning);
    qsort(pruning->traits, pruning->trait_count, sizeof *pruning->traits, compare_traits);
    qsort(pruning->notes, pruning->note_count, sizeof *pruning->notes, compare_names);
    return COG_OK;
}

size_t scn_pruning_weight(const struct scn_pruning *pruning, const char *base,
                          const struct scn_fault *fault)
{
    COG_CLEANUP(cog_string_finish) char *name = compose_name(base, fault);
    const struct note key = {.name = name};
    const struct note *note = name != NULL && pruning->note_count > 0
                                  ? bsearch(&key, pruning->notes, pruning->note_count,
                                            sizeof *pruning->notes, compare_names)
                                  : NULL;
    return note != NULL ? note->weight : 0;
}

bool scn_pruning_is_implied(const struct scn_pruning *pruning, const struct scn_fault *second)
{
    COG_CLEANUP(cog_string_finish) char *kind = compose_kind(second);
    const struct trait key = {.kind = kind};
    const struct trait *trait = kind != NULL && pruning->trait_count > 0
                                    ? bsearch(&key, pruning->traits, pruning->trait_count,
                                              sizeof *pruning->traits, compare_traits)
                                    : NULL;
    return trait != NULL && trait->is_implied;
}

void scn_pruning_destroy(struct scn_pruning *pruning)
{
    if (pruning == NULL) {
        return;
    }
    for (size_t i = 0; i < pruning->note_count; i++) {
        note_finish(&pruning->notes[i]);
    }
    for (size_t i = 0; i < pruning->trait_count; i++) {
        free(pruning->traits[i].kind);
        free(pruning->traits[i].signature);
    }
    free(pruning->notes);
    free(pruning->traits);
    free(pruning);
}

void scn_pruning_finish(struct scn_pruning **pruning)
{
    scn_pruning_destroy(*pruning);
    *pruning = NULL;
}
