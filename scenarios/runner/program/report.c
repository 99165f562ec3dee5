#include "program/report.h"

#include "explore/report/mutants.h"
#include "program/input_file.h"
#include "program/verbs.h"

enum { MUTANTS_LENGTH_MAX = 16 << 20 };

static enum cog_code read_mutants(const char *path, char **out_mutants, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    enum cog_code code = scn_input_file_read(path, MUTANTS_LENGTH_MAX, &text, &length, error);
    return code == COG_OK ? scn_mutants_parse(path, text, out_mutants, error) : code;
}

static enum cog_code write_files(const struct scn_exploration *exploration,
                                 const struct scn_exploration_origin *origin,
                                 const struct scn_exploration_files *files, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    if (files->json_path != NULL) {
        code = scn_exploration_write_json(files->json_path, exploration, origin, error);
    }
    if (code == COG_OK && files->html_path != NULL) {
        code = scn_exploration_write_html(files->html_path, exploration, origin, error);
    }
    return code;
}

static int choose_failure(enum cog_code code, const struct cog_error *error)
{
    scn_program_complain(error);
    return code == COG_ERROR_STORAGE ? SCN_EXIT_NO_OUTPUT : SCN_EXIT_SOFTWARE;
}

int scn_program_report(const struct scn_exploration *exploration,
                       const struct scn_exploration_origin *origin,
                       const struct scn_exploration_files *files)
{
    COG_CLEANUP(cog_string_finish) char *mutants = NULL;
    struct scn_exploration_origin whole = *origin;
    struct cog_error error = {0};
    /* What was found must not be lost for a file: people are told in any case. */
    enum cog_code code = scn_exploration_write_text(stdout, exploration, &whole, &error);
    if (code != COG_OK) {
        return choose_failure(code, &error);
    }
    if (files->mutants_path != NULL) {
        code = read_mutants(files->mutants_path, &mutants, &error);
        whole.mutants = mutants != NULL ? mutants : origin->mutants;
    }
    struct cog_error writing = {0};
    enum cog_code written = write_files(exploration, &whole, files, &writing);
    if (written != COG_OK) {
        return choose_failure(written, &writing);
    }
    return code == COG_OK ? scn_program_judge(exploration) : scn_program_fail(code, &error);
}
