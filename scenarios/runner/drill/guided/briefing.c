#include "drill/guided/briefing.h"

#include "drill/guided/folder_layout.h"
#include "drill/tabletop/wrap.h"

#include <cogbase/duration.h>

#include <stdio.h>

enum { INDENT = 2, LABEL_SIZE = 96 };

const char *scn_briefing_title(const struct scn_drill *drill, bool is_secret)
{
    /* Its name would tell what strikes; who typed the id knows that. */
    return is_secret ? "one that was drawn for you" : drill->id;
}

static void append_section(struct cog_text *text, int width, const char *title, const char *string)
{
    const struct scn_paragraph paragraph = {.indent = INDENT, .width = width};
    if (string != NULL && string[0] != '\0') {
        cog_text_append_format(text, "\n%s\n", title);
        scn_wrap_append(text, &paragraph, string);
    }
}

static void append_roles(struct cog_text *text, const struct scn_drill *drill, int width)
{
    if (drill->role_count > 0) {
        cog_text_append(text, "\nRoles\n");
    }
    for (size_t i = 0; i < drill->role_count; i++) {
        char label[LABEL_SIZE];
        (void)snprintf(label, sizeof label, "  %s: ", drill->roles[i].name);
        const struct scn_paragraph paragraph = {
            .label = label,
            .indent = INDENT + INDENT,
            .width = width,
        };
        scn_wrap_append(text, &paragraph, drill->roles[i].text);
    }
}

static void append_shell(struct cog_text *text, const struct scn_briefing *briefing)
{
    if (briefing->environment == NULL) {
        append_section(text, briefing->width, "The shell",
                       "It opens below the screen, with everything set: type the real commands,"
                       " cogpromote promote, status, rollback, resume, audit ... They reach a fake"
                       " server on this machine and nothing else.");
        return;
    }
    append_section(text, briefing->width, "The shell",
                   "In another terminal read this file, and type the real commands there:"
                   " cogpromote promote, status, rollback, resume, audit ...");
    cog_text_append_format(text, "\n    . %s\n", briefing->environment);
}

/* Where the console is comes out when the fake has been started: its port is the system's. */
static void append_facilitator(struct cog_text *text, const struct scn_briefing *briefing)
{
    if (briefing->folder == NULL) {
        return;
    }
    append_section(text, briefing->width, "For a facilitator, and for who looks on",
                   "A page in a browser shows what you see, and with the token also what strikes"
                   " when. Not for who is being drilled. Its address is the console_url of the"
                   " first file, and the token is in the second.");
    cog_text_append_format(text, "\n    %s/%s\n    %s/%s\n", briefing->folder, SCN_LAYOUT_RESULT,
                           briefing->folder, SCN_LAYOUT_TOKEN);
}

static void append_time(struct cog_text *text, const struct scn_briefing *briefing)
{
    char limit[COG_DURATION_TEXT_SIZE];
    char line[LABEL_SIZE * 2];
    const bool is_scaled = briefing->time_scale > 1 || briefing->time_scale < 1;
    (void)cog_duration_format(briefing->limit_ms, limit);
    if (is_scaled) {
        (void)snprintf(line, sizeof line,
                       "It ends by itself after %s of the server's time, which runs %g times as"
                       " fast as yours.",
                       limit, briefing->time_scale);
    } else {
        (void)snprintf(line, sizeof line, "It ends by itself after %s.", limit);
    }
    append_section(text, briefing->width, "Time", line);
}

void scn_briefing_append(struct cog_text *text, const struct scn_briefing *briefing)
{
    const struct scn_drill *drill = briefing->drill;
    const int width = briefing->width;
    cog_text_append(text, "Drill: ");
    cog_text_append_shown(text, scn_briefing_title(drill, briefing->is_secret));
    cog_text_append(text, "\n");
    append_section(text, width, "Situation", drill->guidance.situation);
    append_section(text, width, "Task", drill->guidance.task);
    append_roles(text, drill, width);
    append_shell(text, briefing);
    append_section(text, width, "How to end it",
                   briefing->is_plain
                       ? "drill done, when you are; drill abort, to stop everything; drill hint,"
                         " for a hint, which costs points; drill status."
                       : "d in the screen, or drill done in the shell, when you are done; a, or"
                         " drill abort, to stop everything; h, or drill hint, for a hint, which"
                         " costs points.");
    append_time(text, briefing);
    append_facilitator(text, briefing);
}
