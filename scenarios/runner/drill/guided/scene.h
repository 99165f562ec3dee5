/** What the fake's control plane tells of a drill, looked at again and again. */
#ifndef SCN_SCENE_H
#define SCN_SCENE_H

#include "drill/guided/control.h"

#include <stdbool.h>
#include <stdint.h>

/** `{0}` is empty and safe to finish. The documents are owned, and NULL before the first look. */
struct scn_scene {
    cJSON *clock;
    cJSON *environments; /**< {"environments": […]}, likewise the next two. */
    cJSON *jobs;
    cJSON *injects;
    cJSON *requests; /**< An array of all, oldest first, without bodies and headers. */
    int64_t settled; /**< The number up to which they are not looked at again. */
    int64_t dropped; /**< Requests that the fake does not have any more. */
};

/**
 * Looks. On failure, what was seen before stays.
 *
 * @return COG_OK, or as `scn_control_get`
 */
enum cog_code scn_scene_look(struct scn_scene *scene, struct scn_control *control,
                             struct cog_error *error) COG_CHECK;

/** Of the fake's clock; -1 before the first look. */
int64_t scn_scene_now_ms(const struct scn_scene *scene);

/** How many times as fast as the system's the fake's clock runs; 1 before the first look. */
double scn_scene_scale(const struct scn_scene *scene);

/** Borrowed; NULL when there is none. */
const cJSON *scn_scene_environment(const struct scn_scene *scene, const char *id);

/** The newest; borrowed; NULL when there is none. */
const cJSON *scn_scene_job(const struct scn_scene *scene);

/** When that inject struck; -1: it has not. @param name NULL: whichever came first */
int64_t scn_scene_strike_ms(const struct scn_scene *scene, const char *name);

/**
 * Whether an operator could know since then that something is wrong: a request went wrong, the job
 * failed, or it stands still and was asked about some times.
 */
bool scn_scene_shows_trouble(const struct scn_scene *scene, int64_t since_ms);

/** A member that is a string; "" when there is none. */
const char *scn_scene_text(const cJSON *object, const char *name);

/** A member that is a whole number; -1 when there is none. */
int64_t scn_scene_number(const cJSON *object, const char *name);

void scn_scene_finish(struct scn_scene *scene);

#endif
