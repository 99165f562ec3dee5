/* The member `headers` of what a fault injects. */
#include "script/scenario.h"

#include <cogbase/text.h>

#include <string.h>

enum { VALUE_LENGTH_MAX = 4096 };

/* A token of RFC 9110, as far as anybody uses it. */
static bool is_header_name(const char *text)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789-_.";
    return *text != '\0' && text[strspn(text, characters)] == '\0';
}

/* These say where the answer ends, which is the server's business and that of other kinds. */
static bool is_framing(const char *name)
{
    return cog_string_equals_ignoring_case(name, "Content-Length") ||
           cog_string_equals_ignoring_case(name, "Transfer-Encoding") ||
           cog_string_equals_ignoring_case(name, "Connection");
}

enum cog_code mock_script_check_header(const struct cog_document *document, const cJSON *node,
                                       struct cog_error *error)
{
    if (!is_header_name(node->string)) {
        return cog_document_fail(document, node, error, "'%s' is no header's name", node->string);
    }
    if (is_framing(node->string)) {
        return cog_document_fail(document, node, error, "the header '%s' is the server's own",
                                 node->string);
    }
    return COG_OK;
}

static enum cog_code add_value(const struct cog_document *document, const char *name,
                               const cJSON *node, struct mock_injection *injection,
                               struct cog_error *error)
{
    if (!cJSON_IsString(node)) {
        return cog_document_fail(document, node, error,
                                 "a header's value is a string, or a list of strings");
    }
    if (node->valuestring[0] == '\0' || strpbrk(node->valuestring, "\r\n") != NULL ||
        strlen(node->valuestring) > VALUE_LENGTH_MAX) {
        return cog_document_fail(document, node, error,
                                 "a header's value is one line of 1 to %d bytes", VALUE_LENGTH_MAX);
    }
    if (injection->header_count == MOCK_FAULT_HEADERS_MAX) {
        return cog_document_fail(document, node, error, "more than %d headers",
                                 MOCK_FAULT_HEADERS_MAX);
    }
    struct mock_fault_header *header = &injection->headers[injection->header_count++];
    header->name = strdup(name);
    header->value = strdup(node->valuestring);
    return header->name != NULL && header->value != NULL
               ? COG_OK
               : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code add_values(const struct cog_document *document, const cJSON *member,
                                struct mock_injection *injection, struct cog_error *error)
{
    enum cog_code code = mock_script_check_header(document, member, error);
    if (code != COG_OK || !cJSON_IsArray(member)) {
        return code == COG_OK ? add_value(document, member->string, member, injection, error)
                              : code;
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, member)
    {
        code = add_value(document, member->string, node, injection, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

enum cog_code mock_injection_read_headers(const struct cog_document *document, const cJSON *object,
                                          struct mock_injection *injection, struct cog_error *error)
{
    const cJSON *headers = NULL;
    enum cog_code code = cog_document_object(document, object, "headers", &headers, error);
    if (code != COG_OK) {
        return code;
    }
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, headers)
    {
        code = add_values(document, member, injection, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}
