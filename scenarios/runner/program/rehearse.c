#include "program/rehearse.h"

#include "program/arguments.h"
#include "program/opening.h"
#include "program/verbs.h"

static int rehearse(const struct scn_rehearse_arguments *arguments)
{
    switch (arguments->mode) {
    case SCN_REHEARSE_AUTOMATIC:
        return scn_rehearse_automatic(arguments);
    case SCN_REHEARSE_GUIDED:
        return scn_rehearse_guided(arguments);
    case SCN_REHEARSE_TABLETOP:
        return scn_rehearse_tabletop(arguments);
    }
    return SCN_EXIT_USAGE;
}

int scn_verb_rehearse(int count, char **arguments)
{
    COG_CLEANUP(scn_opening_paths_finish) const char **paths = scn_opening_paths(count);
    struct scn_rehearse_arguments parsed = {0};
    struct cog_error error = {0};
    enum cog_code code =
        paths != NULL ? scn_rehearse_arguments_parse(count, arguments, paths, &parsed, &error)
                      : COG_ERROR_MEMORY;
    const int ending = scn_opening_decide(code, parsed.is_help, &error);
    return ending == SCN_OPENING_GO_ON ? rehearse(&parsed) : ending;
}
