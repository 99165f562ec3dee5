#include "drill/tabletop/tabletop.h"

#include "drill/tabletop/wrap.h"

#include <cogbase/duration.h>

#include <stdio.h>

enum { LABEL_SIZE = 96, TEXT_INDENT = 2 };

static void append_plain(struct cog_text *text, int width, const char *string)
{
    const struct scn_paragraph paragraph = {.indent = TEXT_INDENT, .width = width};
    if (string != NULL && string[0] != '\0') {
        scn_wrap_append(text, &paragraph, string);
    }
}

static void append_labelled(struct cog_text *text, int width, const char *label, const char *string)
{
    const struct scn_paragraph paragraph = {
        .label = label,
        .indent = scn_wrap_measure(label),
        .width = width,
    };
    scn_wrap_append(text, &paragraph, string);
}

static void append_section(struct cog_text *text, int width, const char *title, const char *string)
{
    if (string != NULL && string[0] != '\0') {
        cog_text_append_format(text, "\n%s\n", title);
        append_plain(text, width, string);
    }
}

static int measure_roles(const struct scn_drill *drill)
{
    int widest = 0;
    for (size_t i = 0; i < drill->role_count; i++) {
        const int width = scn_wrap_measure(drill->roles[i].name);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void append_roles(struct cog_text *text, const struct scn_drill *drill, int width)
{
    const int widest = measure_roles(drill);
    if (drill->role_count > 0) {
        cog_text_append(text, "\nRoles\n");
    }
    for (size_t i = 0; i < drill->role_count; i++) {
        const struct scn_drill_role *role = &drill->roles[i];
        char label[LABEL_SIZE];
        (void)snprintf(label, sizeof label, "  %s%*s  ", role->name,
                       widest - scn_wrap_measure(role->name), "");
        append_labelled(text, width, label, role->text);
    }
}

void scn_tabletop_append_opening(struct cog_text *text, const struct scn_drill *drill, int width)
{
    cog_text_append_format(text, "Tabletop: %s\n", drill->id);
    append_section(text, width, "Situation", drill->guidance.situation);
    append_section(text, width, "Task", drill->guidance.task);
    append_roles(text, drill, width);
}

void scn_tabletop_append_question(struct cog_text *text, const struct scn_drill *drill,
                                  size_t index, int width)
{
    const struct scn_drill_question *question = &drill->questions[index];
    cog_text_append_format(text, "\n%zu of %zu\n", index + 1, drill->question_count);
    append_labelled(text, width, "  What happens  ", question->inject);
    append_labelled(text, width, "  Question      ", question->question);
}

void scn_tabletop_append_answer(struct cog_text *text, const struct scn_drill *drill, size_t index,
                                int width)
{
    append_labelled(text, width, "  Answer        ", drill->questions[index].answer);
}

static void append_targets(struct cog_text *text, const struct scn_drill *drill)
{
    bool has_title = false;
    for (int i = 0; i < SCN_FIGURE_COUNT; i++) {
        if (drill->targets[i] < 0) {
            continue;
        }
        char value[COG_DURATION_TEXT_SIZE];
        if (scn_figure_is_duration((enum scn_figure_id)i)) {
            (void)cog_duration_format(drill->targets[i], value);
        } else {
            (void)snprintf(value, sizeof value, "%lld", (long long)drill->targets[i]);
        }
        cog_text_append(text, has_title ? "" : "\nTargets\n");
        has_title = true;
        cog_text_append_format(text, "  %s: at most %s\n", scn_figure_text((enum scn_figure_id)i),
                               value);
    }
}

void scn_tabletop_append_closing(struct cog_text *text, const struct scn_drill *drill, int width)
{
    append_section(text, width, "This was", drill->scenario.name);
    append_section(text, width, "Hypothesis", drill->hypothesis);
    append_targets(text, drill);
    if (drill->checklist.count > 0) {
        cog_text_append(text, "\nWhat counts\n");
    }
    for (size_t i = 0; i < drill->checklist.count; i++) {
        const struct scn_check *check = &drill->checklist.items[i];
        append_labelled(text, width, check->is_critical ? "  ! " : "  - ", check->text);
    }
    if (drill->checklist.count > 0) {
        cog_text_append(text, "  (! where this fails, the drill has failed)\n");
    }
}
