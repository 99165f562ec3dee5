#include "simulation/simulation.h"

#include "simulation/door.h"
#include "simulation/leftovers.h"
#include "simulation/side.h"

#include <pthread.h>
#include <stdlib.h>

struct scn_simulation {
    struct cog_clock_virtual clock;
    struct mock_server *server;
    struct scn_side first;
    /* The rest is of two operators. */
    struct scn_baton *baton; /* NULL where there is one. */
    struct scn_door door;
    struct scn_side second;
    enum cog_code second_code; /* What its run returned, and why. */
    struct cog_error second_error;
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code start_first(struct scn_simulation *simulation,
                                 const struct scn_scenario *scenario,
                                 const struct scn_simulation_options *options,
                                 struct cog_error *error)
{
    struct scn_side *side = &simulation->first;
    struct scn_operator_options operator_options = {
        .scenario = scenario,
        .clock = &simulation->clock,
        .server = simulation->server,
        .transport = scenario->wire_reason != NULL ? SCN_TRANSPORT_WIRE : options->transport,
        .seed = options->seed,
        .storage = options->storage != NULL ? *options->storage : cog_storage_memory(&side->memory),
        .shift = options->shift,
    };
    if (simulation->baton != NULL) {
        operator_options.door = &simulation->door;
        operator_options.share = &side->share;
        operator_options.seat = (struct scn_seat){simulation->baton, 0};
        operator_options.other = scenario->second.is_elsewhere ? NULL : &simulation->second.who;
    }
    return scn_operator_init(&side->who, &operator_options, error);
}

/* @param first whose world it is */
static enum cog_code start_second(struct scn_simulation *simulation,
                                  const struct scn_scenario *scenario,
                                  const struct scn_simulation_options *options,
                                  struct cog_error *error)
{
    struct scn_side *side = &simulation->second;
    struct scn_operator *first = &simulation->first.who;
    const bool is_elsewhere = scenario->second.is_elsewhere;
    const struct scn_operator_options operator_options = {
        .scenario = scenario,
        .clock = &simulation->clock,
        .server = simulation->server,
        .transport = SCN_TRANSPORT_MEMORY,
        .seed = options->seed,
        .storage = is_elsewhere ? cog_storage_memory(&side->memory) : first->storage,
        .door = &simulation->door,
        .share = &side->share,
        .seat = {simulation->baton, 1},
        .other = is_elsewhere ? NULL : first,
    };
    return scn_operator_init(&side->who, &operator_options, error);
}

static void name_share(struct scn_simulation *simulation, struct scn_side *side)
{
    side->share.server = simulation->server;
    side->share.target_environment_id = side->who.config.target_environment_id;
}

static enum cog_code start_server(struct scn_simulation *simulation,
                                  const struct scn_scenario *scenario, uint64_t seed,
                                  struct cog_error *error)
{
    cog_clock_virtual_init(&simulation->clock, SCN_SIMULATION_START_UNIX_MS);
    const struct mock_server_options options = {
        .clock = cog_clock_virtual(&simulation->clock),
        .seed = seed,
    };
    return mock_server_create(scenario->script, &options, &simulation->server, error);
}

static enum cog_code start(struct scn_simulation *simulation, const struct scn_scenario *scenario,
                           const struct scn_simulation_options *options, struct cog_error *error)
{
    const struct scn_second *second = &scenario->second;
    enum cog_code code = start_server(simulation, scenario, options->seed, error);
    if (code == COG_OK && second->is_there) {
        simulation->door.server = simulation->server;
        code = scn_baton_create(&simulation->clock, &second->turns, second->starts_ms,
                                &simulation->baton, error);
    }
    if (code == COG_OK) {
        code = start_first(simulation, scenario, options, error);
    }
    if (code == COG_OK && second->is_there) {
        code = start_second(simulation, scenario, options, error);
    }
    if (code == COG_OK && second->is_there) {
        name_share(simulation, &simulation->first);
        name_share(simulation, &simulation->second);
    }
    return code;
}

/* To the end of all that the operator does, which the other one's may outlast. */
static enum cog_code run_side(struct scn_side *side, const struct scn_undertaking *undertaking,
                              struct cog_error *error)
{
    struct scn_operator *who = &side->who;
    const enum cog_code code = scn_operator_run(who, undertaking, error);
    scn_share_close(who->share, who->server, who->clock->now_ms);
    scn_seat_leave(who->seat);
    return code;
}

static void *run_second(void *context)
{
    static const struct scn_undertaking promotion = {0};
    struct scn_simulation *simulation = context;
    scn_seat_take(simulation->second.who.seat);
    simulation->second_code = run_side(&simulation->second, &promotion, &simulation->second_error);
    return NULL;
}

static enum cog_code run_both(struct scn_simulation *simulation,
                              const struct scn_undertaking *undertaking, struct cog_error *error)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run_second, simulation) != 0) {
        return cog_error_set(error, COG_ERROR_MEMORY, "no thread for the second operator");
    }
    enum cog_code code = run_side(&simulation->first, undertaking, error);
    (void)pthread_join(thread, NULL);
    if (code == COG_OK && simulation->second_code != COG_OK && error != NULL) {
        *error = simulation->second_error;
    }
    return code == COG_OK ? simulation->second_code : code;
}

static enum cog_code collect(struct scn_simulation *simulation, struct cog_error *error)
{
    struct scn_facts *first = &simulation->first.facts;
    struct scn_facts *second = &simulation->second.facts;
    enum cog_code code = scn_side_collect(&simulation->first, error);
    if (code != COG_OK || simulation->baton == NULL) {
        return code;
    }
    code = scn_side_collect(&simulation->second, error);
    first->rivalry.other = second;
    second->rivalry.other = first;
    first->rivalry.choice_count = scn_baton_choice_count(simulation->baton);
    return code;
}

static void end_sockets(struct scn_simulation *simulation)
{
    scn_operator_end_sockets(&simulation->first.who);
    scn_operator_end_sockets(&simulation->second.who);
}

enum cog_code scn_simulation_run(const struct scn_scenario *scenario,
                                 const struct scn_simulation_options *options,
                                 struct scn_simulation **out_simulation, struct cog_error *error)
{
    COG_CLEANUP(scn_simulation_finish)
    struct scn_simulation *simulation = calloc(1, sizeof *simulation);
    if (simulation == NULL) {
        return fail_memory(error);
    }
    const int descriptors_before = scn_descriptors_count();
    const struct scn_undertaking *undertaking =
        options->undertaking != NULL ? options->undertaking : &scenario->undertaking;
    enum cog_code code = start(simulation, scenario, options, error);
    if (code == COG_OK) {
        code = simulation->baton != NULL ? run_both(simulation, undertaking, error)
                                         : run_side(&simulation->first, undertaking, error);
    }
    if (code == COG_OK) {
        code = collect(simulation, error);
    }
    if (code != COG_OK) {
        return code;
    }
    end_sockets(simulation);
    simulation->first.facts.leftovers = (struct scn_leftovers){
        .descriptors_before = descriptors_before,
        .descriptors_after = scn_descriptors_count(),
    };
    *out_simulation = simulation;
    simulation = NULL;
    return COG_OK;
}

const struct scn_facts *scn_simulation_facts(const struct scn_simulation *simulation)
{
    return &simulation->first.facts;
}

void scn_simulation_destroy(struct scn_simulation *simulation)
{
    if (simulation == NULL) {
        return;
    }
    scn_side_finish(&simulation->first);
    scn_side_finish(&simulation->second);
    scn_baton_destroy(simulation->baton);
    mock_server_destroy(simulation->server);
    free(simulation);
}

void scn_simulation_finish(struct scn_simulation **simulation)
{
    scn_simulation_destroy(*simulation);
    *simulation = NULL;
}
