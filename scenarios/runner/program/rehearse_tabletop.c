#include "drill/catalogue.h"
#include "drill/guided/line_reader.h"
#include "drill/tabletop/tabletop.h"
#include "program/arguments.h"
#include "program/rehearse.h"
#include "program/terminal_width.h"
#include "program/verbs.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH_MAX = 100 };

/* A drill that is talked over. */
struct table {
    const struct scn_rehearse_arguments *arguments;
    struct scn_drill drill;
    struct scn_line_reader reader;
    bool is_paged; /* Somebody sits at the terminal, and asks for each part. */
    int width;
};

static void table_finish(struct table *table)
{
    scn_drill_finish(&table->drill);
}

/* Says which there are. */
static int fail_unnamed(void)
{
    COG_CLEANUP(scn_drill_catalogue_finish) struct scn_drill_catalogue catalogue = {0};
    struct cog_error error = {0};
    (void)fprintf(stderr, "cogdrill: --tabletop: say which drill is to be talked over:");
    if (scn_drill_catalogue_list(scn_drill_catalogue_folder(), &catalogue, &error) == COG_OK) {
        for (size_t i = 0; i < catalogue.count; i++) {
            (void)fprintf(stderr, " %s", catalogue.ids[i]);
        }
    }
    (void)fprintf(stderr, "\n");
    return SCN_EXIT_USAGE;
}

static int read_drill(const char *word, struct scn_drill *out_drill)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    struct cog_error error = {0};
    enum cog_code code = scn_drill_catalogue_find(word, &path, &error);
    if (code == COG_OK) {
        code = scn_drill_read(path, out_drill, &error);
    }
    if (code == COG_ERROR_NOT_FOUND) {
        scn_program_complain(&error);
        return SCN_EXIT_NO_INPUT;
    }
    return code == COG_OK ? 0 : scn_program_fail(code, &error);
}

static void print(const struct cog_text *text)
{
    (void)fputs(cog_text_string(text), stdout);
    (void)fflush(stdout);
}

/* Whether people go on; who reads a file or a pipe does. */
static bool go_on(struct table *table, const char *prompt)
{
    char line[SCN_LINE_SIZE];
    if (!table->is_paged) {
        return true;
    }
    (void)fputs(prompt, stdout);
    (void)fflush(stdout);
    return scn_line_reader_next(&table->reader, SCN_LINE_WAIT_FOREVER, line) == SCN_LINE_READ &&
           line[0] != 'q';
}

static bool ask(struct table *table, size_t index)
{
    COG_CLEANUP(cog_text_finish) struct cog_text question = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text answer = {0};
    scn_tabletop_append_question(&question, &table->drill, index, table->width);
    print(&question);
    if (!table->arguments->has_answers) {
        return go_on(table, "[Enter: the next; q: end] ");
    }
    if (!go_on(table, "[Enter: the answer; q: end] ")) {
        return false;
    }
    scn_tabletop_append_answer(&answer, &table->drill, index, table->width);
    print(&answer);
    return go_on(table, "[Enter: the next; q: end] ");
}

static int talk(struct table *table)
{
    COG_CLEANUP(cog_text_finish) struct cog_text opening = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text closing = {0};
    if (!table->arguments->is_quiet) {
        scn_tabletop_append_opening(&opening, &table->drill, table->width);
        print(&opening);
    }
    if (table->drill.question_count == 0) {
        (void)fprintf(stderr, "cogdrill: '%s' has no questions for a tabletop\n", table->drill.id);
        return SCN_EXIT_USAGE;
    }
    for (size_t i = 0; i < table->drill.question_count; i++) {
        if (!ask(table, i)) {
            return 0;
        }
    }
    if (!table->arguments->is_quiet) {
        scn_tabletop_append_closing(&closing, &table->drill, table->width);
        print(&closing);
    }
    return 0;
}

int scn_rehearse_tabletop(const struct scn_rehearse_arguments *arguments)
{
    COG_CLEANUP(table_finish)
    struct table table = {
        .arguments = arguments,
        .reader = {.descriptor = STDIN_FILENO, .interrupt_descriptor = -1},
        .is_paged = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1,
    };
    const int width = scn_terminal_width();
    table.width = width < WIDTH_MAX ? width : WIDTH_MAX;
    if (arguments->path_count == 0) {
        return fail_unnamed();
    }
    const int failure = read_drill(arguments->paths[0], &table.drill);
    return failure != 0 ? failure : talk(&table);
}
