/** A world with a promotion to ask for, to test what the world does without HTTP. */
#ifndef SCENE_H
#define SCENE_H

#include "world/world.h"

#include "support/expect.h"

struct scene {
    struct mock_setup setup;
    struct mock_world *world; /**< NULL before the start. */
    struct mock_promotion promotion;
    struct mock_deployment *deployment; /**< The newest. */
};

/** The default setup, to be changed. */
struct scene *scene_create(void);

/** The setup is as the test wants it; the rest follows. */
void scene_start(struct scene *scene);

enum mock_refusal scene_promote(struct scene *scene);

/** Starts, promotes, and lets the job complete. */
void scene_complete(struct scene *scene);

void scene_destroy(struct scene **scene);

/** Replaces a level of a setup. */
void scene_level(struct mock_level *level, const struct mock_level_step *steps, size_t step_count);

#endif
