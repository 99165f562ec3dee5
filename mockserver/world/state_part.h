/** The parts of a saved state: each is written, and read back with its rules checked. */
#ifndef MOCK_WORLD_STATE_PART_H
#define MOCK_WORLD_STATE_PART_H

#include "world/state_field.h"
#include "world/world.h"

/** The fields of the world itself, and of a version; they end with a key of NULL. */
const struct mock_state_field *mock_state_world_fields(void);
const struct mock_state_field *mock_state_version_fields(void);

/* Writers add to `object` and return false for no memory. */

bool mock_state_content_write(cJSON *object, const char *key,
                              const struct mock_content *content) COG_CHECK;
bool mock_state_gauge_write(cJSON *object, const char *key,
                            const struct mock_gauge *gauge) COG_CHECK;
bool mock_state_environment_write(cJSON *array,
                                  const struct mock_environment *environment) COG_CHECK;
bool mock_state_timeline_write(cJSON *object, const struct mock_deployment *deployment) COG_CHECK;
bool mock_state_deployment_write(cJSON *array, const struct mock_deployment *deployment) COG_CHECK;

/** Adds an empty object to an array; NULL for no memory. */
cJSON *mock_state_object_append(cJSON *array) COG_CHECK;

/* Readers take the member `key` of `object`, which must be there. */

/** An array of at most `maximum` elements. */
enum cog_code mock_state_list(const struct cog_document *document, const cJSON *object,
                              const char *key, int maximum, const cJSON **out_array,
                              struct cog_error *error) COG_CHECK;
enum cog_code mock_state_timeline_read(const struct cog_document *document, const cJSON *object,
                                       struct mock_deployment *deployment,
                                       struct cog_error *error) COG_CHECK;
enum cog_code mock_state_content_read(const struct cog_document *document, const cJSON *object,
                                      const char *key, struct mock_content *out_content,
                                      struct cog_error *error) COG_CHECK;

/** What a level may be, and when it is read. */
struct mock_state_level_form {
    struct cog_document_range range;
    int initial;
    int64_t now_ms;
};
enum cog_code mock_state_gauge_read(const struct cog_document *document, const cJSON *object,
                                    const char *key, const struct mock_state_level_form *form,
                                    struct mock_gauge *out_gauge,
                                    struct cog_error *error) COG_CHECK;

/** Reads the element of an array, and adds it to the world. */
enum cog_code mock_state_environment_read(const struct cog_document *document, const cJSON *node,
                                          struct mock_world *world,
                                          struct cog_error *error) COG_CHECK;
enum cog_code mock_state_deployment_read(const struct cog_document *document, const cJSON *node,
                                         struct mock_world *world,
                                         struct cog_error *error) COG_CHECK;

/** The environment that the member `key` names. */
enum cog_code mock_state_environment_named(const struct cog_document *document, const cJSON *node,
                                           const char *key, const struct mock_world *world,
                                           struct mock_environment **out_environment,
                                           struct cog_error *error) COG_CHECK;

/** Refuses a time that is after `now_ms`, the world's. */
enum cog_code mock_state_check_past(const struct cog_document *document, const cJSON *object,
                                    const char *key, int64_t at_ms, int64_t now_ms,
                                    struct cog_error *error) COG_CHECK;

enum cog_code mock_state_fail_memory(struct cog_error *error);

#endif
