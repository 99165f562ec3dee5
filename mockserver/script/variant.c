/* The member `variants` of a scenario. */
#include <cogbase/text.h>
#include <cogmock/script.h>

enum { NAMES_MAX = 64 };

/* Like none of them, or nearly like one. */
static enum cog_code refuse(const struct cog_document *document, const cJSON *variants,
                            const char *name, struct cog_error *error)
{
    const char *names[NAMES_MAX + 1] = {NULL};
    size_t count = 0;
    const cJSON *variant = NULL;
    cJSON_ArrayForEach(variant, variants)
    {
        if (count < NAMES_MAX) {
            names[count++] = variant->string;
        }
    }
    const char *nearest = cog_string_nearest(name, names);
    return cog_document_fail(document, variants, error, "there is no variant '%s'%s%s%s", name,
                             nearest != NULL ? ", did you mean '" : "",
                             nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

enum cog_code mock_script_find_variant(const struct cog_document *document, const char *name,
                                       const cJSON **out_variant, struct cog_error *error)
{
    const cJSON *variants = NULL;
    enum cog_code code =
        cog_document_object(document, document->root, "variants", &variants, error);
    if (code != COG_OK) {
        return code;
    }
    if (name == NULL && variants != NULL) {
        return cog_document_fail(document, variants, error,
                                 "the scenario has variants: choose one by its name");
    }
    const cJSON *variant = name == NULL ? NULL : cJSON_GetObjectItemCaseSensitive(variants, name);
    if (name != NULL && variant == NULL) {
        return refuse(document, variants != NULL ? variants : document->root, name, error);
    }
    *out_variant = variant;
    return COG_OK;
}
