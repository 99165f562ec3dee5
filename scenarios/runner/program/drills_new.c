#include "program/drills.h"

#include "drill/drill.h"
#include "drill/template.h"
#include "program/arguments.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool is_id(const char *name)
{
    const size_t length = strlen(name);
    return length > 0 && length <= SCN_DRILL_ID_LENGTH_MAX &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length;
}

static int fail(const char *path, int number)
{
    (void)fprintf(stderr, "cogdrill: cannot write '%s': %s%s\n", path, strerror(number),
                  number == EEXIST ? "; take another name, or move the file away" : "");
    return SCN_EXIT_NO_OUTPUT;
}

/* Never over what is there. */
static int write_file(const char *path, const char *content)
{
    FILE *stream = fopen(path, "wx");
    if (stream == NULL) {
        return fail(path, errno);
    }
    const bool is_written = fputs(content, stream) != EOF && fflush(stream) == 0;
    const int number = errno;
    const bool is_closed = fclose(stream) == 0;
    if (!is_written || !is_closed) {
        (void)remove(path);
        return fail(path, is_written ? errno : number);
    }
    return 0;
}

int scn_drills_new(const struct scn_drills_arguments *arguments)
{
    const char *name = arguments->words[0];
    const char *folder = arguments->word_count > 1 ? arguments->words[1] : ".";
    if (!is_id(name)) {
        (void)fprintf(stderr,
                      "cogdrill: a drill's name is of small letters, digits, '_' and '-', at most "
                      "%d of them, not '%s'\n",
                      (int)SCN_DRILL_ID_LENGTH_MAX, name);
        return SCN_EXIT_USAGE;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text content = {0};
    if (strcmp(folder, ".") != 0) {
        const size_t length = strlen(folder);
        cog_text_append_format(&path, "%s%s", folder, folder[length - 1] == '/' ? "" : "/");
    }
    cog_text_append_format(&path, "%s.jsonc", name);
    scn_drill_template_append(&content, name);
    if (path.failed || content.failed) {
        (void)fprintf(stderr, "cogdrill: out of memory\n");
        return SCN_EXIT_SOFTWARE;
    }
    const char *written = cog_text_string(&path);
    const int exit_code = write_file(written, cog_text_string(&content));
    if (exit_code == 0) {
        (void)printf("wrote %s; next:\n  cogdrill check %s\n  cogdrill rehearse %s\n", written,
                     written, written);
    }
    return exit_code;
}
