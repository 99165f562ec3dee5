#include "program/drill_shell.h"

#include "drill/guided/order.h"
#include "drill/guided/recorder.h"
#include "program/arguments.h"
#include "program/terminal_width.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static const char record_client[] = "record-client";
static const char drill_order[] = "drill-order";

enum { WORD_VERB = 1, WORD_FOLDER, WORD_PROGRAM, WORD_FIRST };

bool scn_drill_shell_is_meant(int count, char *const *arguments)
{
    return count > WORD_VERB && (strcmp(arguments[WORD_VERB], record_client) == 0 ||
                                 strcmp(arguments[WORD_VERB], drill_order) == 0);
}

int scn_drill_shell_run(int count, char **arguments)
{
    const bool records = strcmp(arguments[WORD_VERB], record_client) == 0;
    if (count <= (records ? WORD_PROGRAM : WORD_FOLDER)) {
        (void)fprintf(stderr, "cogdrill: this is for the programs in a drill's folder\n");
        return SCN_EXIT_USAGE;
    }
    const struct scn_recorder_options options = {
        .folder = arguments[WORD_FOLDER],
        .program = records ? arguments[WORD_PROGRAM] : NULL,
        .words = records ? arguments + WORD_FIRST : NULL,
        .environment = environ,
    };
    return records ? scn_recorder_run_client(&options)
                   : scn_order_run(options.folder, arguments + WORD_PROGRAM,
                                   isatty(STDOUT_FILENO) ? scn_terminal_width() : 0);
}
