#include "variant.h"

#include <string.h>

static const char *const variant_keys[] = {"description", "server", "faults", "inject",
                                           "client",      "expect", NULL};

/* A word that needs no quotes: it stands in commands and in the names of trace files. */
static bool is_name(const char *text)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_-.";
    const size_t length = strlen(text);
    return length > 0 && length <= SCN_VARIANT_NAME_LENGTH_MAX && text[0] != '.' &&
           strspn(text, characters) == length;
}

static enum cog_code check_variant(const struct cog_document *document, const cJSON *variant,
                                   struct cog_error *error)
{
    if (!is_name(variant->string)) {
        return cog_document_fail(document, variant, error,
                                 "a variant's name has 1 to %d letters, digits, '_', '-' and '.'",
                                 SCN_VARIANT_NAME_LENGTH_MAX);
    }
    const char *description = NULL;
    enum cog_code code = cog_document_check_keys(document, variant, variant_keys, error);
    if (code == COG_OK) {
        code = cog_document_string(document, variant, "description", &description, error);
    }
    return code;
}

enum cog_code scn_variants_check(const struct cog_document *document, struct cog_error *error)
{
    const cJSON *variants = NULL;
    enum cog_code code =
        cog_document_object(document, document->root, "variants", &variants, error);
    if (code != COG_OK || variants == NULL) {
        return code;
    }
    const int count = cJSON_GetArraySize(variants);
    if (count < 1 || count > SCN_VARIANTS_MAX) {
        return cog_document_fail(document, variants, error, "expected 1 to %d variants",
                                 SCN_VARIANTS_MAX);
    }
    const cJSON *variant = NULL;
    cJSON_ArrayForEach(variant, variants)
    {
        code = check_variant(document, variant, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static const cJSON *find_variants(const struct cog_document *document)
{
    return cJSON_GetObjectItemCaseSensitive(document->root, "variants");
}

size_t scn_variant_count(const struct cog_document *document)
{
    return (size_t)cJSON_GetArraySize(find_variants(document));
}

const cJSON *scn_variant_at(const struct cog_document *document, size_t index)
{
    return index < SCN_VARIANTS_MAX ? cJSON_GetArrayItem(find_variants(document), (int)index)
                                    : NULL;
}
