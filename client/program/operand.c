#include "operand.h"

#include <cogpromote/platform.h>

#include <string.h>

/** Of a UUID in lower case: the name of a run's journal is made of it. */
static bool is_run_id(const char *value)
{
    static const char FORM[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (strlen(value) != sizeof FORM - 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof FORM - 1; i++) {
        const char *allowed = FORM[i] == '-' ? "-" : "0123456789abcdef";
        if (strchr(allowed, value[i]) == NULL) {
            return false;
        }
    }
    return true;
}

/** The platform chooses these: everything goes but what can only be a mistake. */
static bool is_job_id(const char *value)
{
    for (const char *byte = value; *byte != '\0'; byte++) {
        if ((unsigned char)*byte <= ' ' || *byte == '\x7F') {
            return false;
        }
    }
    return strlen(value) < COG_ID_SIZE && value[0] != '/' && strcmp(value, ".") != 0 &&
           strcmp(value, "..") != 0;
}

enum cog_code cog_operand_check(const char *name, const char *value, struct cog_error *error)
{
    if (value[0] == '\0') {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s must not be empty", name);
    }
    if (strcmp(name, "RUN") == 0 && !is_run_id(value)) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "'%s' is not a run: expected an id such as"
                             " 998f9886-ac8e-49dd-97ac-98b5e3a61e33; 'cogpromote status' lists"
                             " them",
                             value);
    }
    if (strcmp(name, "JOB") == 0 && !is_job_id(value)) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "'%s' is not a job: expected an id of 1 to %d bytes without spaces,"
                             " not a path",
                             value, COG_ID_SIZE - 1);
    }
    return COG_OK;
}
