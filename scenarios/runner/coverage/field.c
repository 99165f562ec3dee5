#include "coverage/field.h"

#include <cogbase/number.h>

#include <stdio.h>
#include <string.h>

bool scn_event_is(const struct scn_event *event, const char *name)
{
    return strcmp(event->name, name) == 0;
}

/* Behind the '=' of that field; NULL when it is not there. */
static const char *find_value(const char *fields, const char *key)
{
    const size_t length = strlen(key);
    const char *at = fields;
    while (*at != '\0') {
        if (strncmp(at, key, length) == 0 && at[length] == '=') {
            return at + length + 1;
        }
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return NULL;
}

const char *scn_event_field(const struct scn_event *event, const char *key,
                            char buffer[SCN_FIELD_SIZE])
{
    const char *value = find_value(event->fields, key);
    const size_t length = value != NULL ? strcspn(value, " ") : 0;
    (void)snprintf(buffer, SCN_FIELD_SIZE, "%.*s", (int)length, value != NULL ? value : "");
    return buffer;
}

bool scn_event_field_is(const struct scn_event *event, const char *key, const char *value)
{
    char buffer[SCN_FIELD_SIZE];
    return strcmp(scn_event_field(event, key, buffer), value) == 0;
}

int64_t scn_event_field_ms(const struct scn_event *event, const char *key)
{
    char buffer[SCN_FIELD_SIZE];
    int64_t number = 0;
    return cog_number_parse_integer(scn_event_field(event, key, buffer), 0, INT64_MAX, &number,
                                    NULL) == COG_OK
               ? number
               : -1;
}
