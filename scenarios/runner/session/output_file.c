#include "session/output_file.h"

#include <cogbase/text.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum cog_code fail_write(const char *path, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_STORAGE, "cannot write '%s': %s", path, strerror(errno));
}

/* A name that exists and is no plain file cannot be replaced by one. */
static bool is_in_place(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static enum cog_code choose_names(struct scn_output_file *file, const char *path,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s.%ld.part", path, (long)getpid());
    file->path = strdup(path);
    file->temporary = is_in_place(path) ? NULL : cog_text_take(&text);
    const bool is_named = file->temporary != NULL || is_in_place(path);
    return file->path != NULL && is_named ? COG_OK
                                          : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code scn_output_file_open(const char *path, struct scn_output_file *out_file,
                                   struct cog_error *error)
{
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    enum cog_code code = choose_names(&file, path, error);
    if (code != COG_OK) {
        return code;
    }
    const char *name = file.temporary != NULL ? file.temporary : file.path;
    const int descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return fail_write(path, error);
    }
    file.stream = fdopen(descriptor, "w");
    if (file.stream == NULL) {
        (void)close(descriptor);
        return fail_write(path, error);
    }
    *out_file = file;
    file = (struct scn_output_file){0};
    return COG_OK;
}

/* Errors that only closing shows count too. */
static bool close_stream(struct scn_output_file *file)
{
    const bool has_failed = ferror(file->stream) != 0;
    const bool is_closed = fclose(file->stream) == 0;
    file->stream = NULL;
    return is_closed && !has_failed;
}

enum cog_code scn_output_file_commit(struct scn_output_file *file, struct cog_error *error)
{
    if (!close_stream(file) ||
        (file->temporary != NULL && rename(file->temporary, file->path) != 0)) {
        enum cog_code code = fail_write(file->path, error);
        scn_output_file_finish(file);
        return code;
    }
    free(file->temporary);
    file->temporary = NULL;
    scn_output_file_finish(file);
    return COG_OK;
}

enum cog_code scn_output_folder_make(const char *path, struct cog_error *error)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST ? COG_OK : fail_write(path, error);
}

void scn_output_file_finish(struct scn_output_file *file)
{
    if (file->stream != NULL) {
        (void)fclose(file->stream);
    }
    if (file->temporary != NULL) {
        (void)unlink(file->temporary);
    }
    free(file->temporary);
    free(file->path);
    *file = (struct scn_output_file){0};
}
