#include "language/file.h"

#include <cogmock/case.h>

#include <assert.h>
#include <stdlib.h>

enum cog_code scn_file_create(struct cog_document *inout_document, struct scn_file **out_file,
                              struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = *inout_document;
    *inout_document = (struct cog_document){0};
    enum cog_code code = mock_cases_check(&document, error);
    if (code != COG_OK) {
        return code;
    }
    struct scn_file *file = malloc(sizeof *file);
    if (file == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *file = (struct scn_file){.document = document, .holder_count = 1};
    document = (struct cog_document){0};
    *out_file = file;
    return COG_OK;
}

enum cog_code scn_file_read(const char *path, struct scn_file **out_file, struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    enum cog_code code = cog_document_read(path, &document, error);
    return code == COG_OK ? scn_file_create(&document, out_file, error) : code;
}

struct scn_file *scn_file_hold(struct scn_file *file)
{
    assert(file->holder_count > 0);

    file->holder_count++;
    return file;
}

void scn_file_release(struct scn_file *file)
{
    if (file == NULL || --file->holder_count > 0) {
        return;
    }
    cog_document_finish(&file->document);
    free(file);
}

void scn_file_finish(struct scn_file **file)
{
    scn_file_release(*file);
}
