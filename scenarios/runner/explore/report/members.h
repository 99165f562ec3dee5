/** The members of an exploration's JSON, both ways; only for the files beside this one. */
#ifndef SCN_EXPLORATION_MEMBERS_H
#define SCN_EXPLORATION_MEMBERS_H

#include "explore/exploration.h"
#include "explore/report/origin.h"
#include "explore/report/ranking.h"
#include "report/json_text.h"

#include <cjson/cJSON.h>

/*
 * What is read is appended to an exploration that is empty so far, to be finished after a failure
 * too. Errors name the member, without the file: COG_ERROR_SYNTAX, or COG_ERROR_MEMORY.
 */

/** From "verb" to "shard": what comes behind the format and its version. */
void scn_origin_members_write(struct scn_json_text *json,
                              const struct scn_exploration_origin *origin);

/** @param out_origin its texts are the object's */
enum cog_code scn_origin_members_read(const cJSON *object,
                                      struct scn_exploration_origin *out_origin,
                                      struct cog_error *error) COG_CHECK;

/** "bases", each with its depths up to that one. */
void scn_base_members_write(struct scn_json_text *json, const struct scn_exploration *exploration,
                            int depth);
enum cog_code scn_base_members_read(const cJSON *object, int depth,
                                    struct scn_exploration *exploration,
                                    struct cog_error *error) COG_CHECK;

/** "failures" and "groups"; only the first are read, since the others follow from them. */
void scn_discovery_members_write(struct scn_json_text *json,
                                 const struct scn_exploration *exploration,
                                 const struct scn_ranking *ranking);
enum cog_code scn_discovery_members_read(const cJSON *object, struct scn_exploration *exploration,
                                         struct cog_error *error) COG_CHECK;

/** "cells" and "matrix". */
void scn_reach_members_write(struct scn_json_text *json, const struct scn_exploration *exploration);
enum cog_code scn_reach_members_read(const cJSON *object, struct scn_exploration *exploration,
                                     struct cog_error *error) COG_CHECK;

/** "timing": all that depends on the machine. */
void scn_timing_members_write(struct scn_json_text *json,
                              const struct scn_exploration *exploration);
enum cog_code scn_timing_members_read(const cJSON *object, struct scn_exploration *exploration,
                                      struct cog_error *error) COG_CHECK;

/** An entry of a list, or a member, on a line of its own. @param name NULL for an entry */
void scn_members_open_line(struct scn_json_text *json, const char *name, char bracket);

#endif
