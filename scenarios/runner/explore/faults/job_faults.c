/* What jobs and rollbacks come to, whatever is said of them. */
#include "explore/faults/families.h"

struct meaning {
    const char *name;
    const char *server; /* JSON. */
};

static const struct meaning jobs[] = {
    {"fails_at_once",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"fail\":\"database lock contention\"}]}}"},
    {"fails_half_way",
     "{\"job\":{\"timeline\":[{\"at\":\"2s\",\"progress\":50},{\"at\":\"4s\",\"fail\":"
     "\"database lock contention\"}]}}"},
    {"fails_at_the_end",
     "{\"job\":{\"timeline\":[{\"at\":\"6s\",\"progress\":99},{\"at\":\"8s\",\"fail\":"
     "\"database lock contention\"}]}}"},
    {"hangs_at_once", "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":0}]}}"},
    {"hangs_at_the_end", "{\"job\":{\"timeline\":[{\"at\":\"4s\",\"progress\":99}]}}"},
    {"completes_at_once", "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"complete\":true}]}}"},
    {"completes_after_an_hour",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":10},{\"at\":\"1h\","
     "\"complete\":true}]}}"},
    {"copies_no_entities", "{\"job\":{\"omit\":[\"entities\"]}}"},
    {"copies_no_flows", "{\"job\":{\"omit\":[\"flows\"]}}"},
    {"copies_no_webhooks", "{\"job\":{\"omit\":[\"webhooks\"]}}"},
    {"copies_no_integrations", "{\"job\":{\"omit\":[\"integrations\"]}}"},
    {"copies_no_variables", "{\"job\":{\"omit\":[\"variables\"]}}"},
    {"copies_nothing", "{\"job\":{\"omit\":[\"intents\",\"entities\",\"flows\",\"webhooks\","
                       "\"integrations\",\"variables\"]}}"},
    {NULL, NULL},
};

/* The job's own end decides whether there is a rollback: once as it is, once failing. */
static const struct meaning rollbacks[] = {
    {"irreversible", "{\"rollback\":{\"reversible\":false}}"},
    {"automatic", "{\"rollback\":{\"automatic\":true}}"},
    {"fails", "{\"rollback\":{\"timeline\":[{\"at\":\"3s\",\"status\":\"rollback_failed\"}]}}"},
    {"fails_at_once",
     "{\"rollback\":{\"timeline\":[{\"at\":\"0s\",\"status\":\"rollback_failed\"}]}}"},
    {"ends_at_once", "{\"rollback\":{\"timeline\":[{\"at\":\"0s\",\"status\":\"rolled_back\"}]}}"},
    {"hangs", "{\"rollback\":{\"timeline\":[]}}"},
    {"restores_half", "{\"rollback\":{\"restore\":\"half\"}}"},
    {"restores_nothing", "{\"rollback\":{\"restore\":\"none\"}}"},
    {"takes_an_hour", "{\"rollback\":{\"timeline\":[{\"at\":\"1h\",\"status\":\"rolled_back\"}]}}"},
    {"of_a_failed_job_irreversible",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"reversible\":false}}"},
    {"of_a_failed_job_automatic",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"automatic\":true}}"},
    {"of_a_failed_job_fails",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"timeline\":[{\"at\":\"3s\","
     "\"status\":\"rollback_failed\"}]}}"},
    {"of_a_failed_job_fails_at_once",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"timeline\":[{\"at\":\"0s\","
     "\"status\":\"rollback_failed\"}]}}"},
    {"of_a_failed_job_ends_at_once",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"timeline\":[{\"at\":\"0s\","
     "\"status\":\"rolled_back\"}]}}"},
    {"of_a_failed_job_hangs",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"timeline\":[]}}"},
    {"of_a_failed_job_restores_half",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"restore\":\"half\"}}"},
    {"of_a_failed_job_restores_nothing",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"restore\":\"none\"}}"},
    {"of_a_failed_job_takes_an_hour",
     "{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":60},{\"at\":\"3s\",\"fail\":"
     "\"database lock contention\"}]},\"rollback\":{\"timeline\":[{\"at\":\"1h\","
     "\"status\":\"rolled_back\"}]}}"},
    {NULL, NULL},
};

/* What is said of progress is no reason to do anything. */
static const struct meaning reports[] = {
    {"progress_stuck",
     "{\"call\":\"status\",\"inject\":{\"kind\":\"set_field\",\"field\":\"progress\","
     "\"value\":50}}"},
    {"progress_backwards",
     "{\"call\":\"status\",\"from\":2,\"inject\":{\"kind\":\"set_field\",\"field\":"
     "\"progress\",\"value\":1}}"},
    {NULL, NULL},
};

/* @param site where: it strikes from the start */
static enum cog_code offer_all(const struct scn_catalogue *catalogue, const char *site,
                               const struct meaning *meanings, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (const struct meaning *meaning = meanings; code == COG_OK && meaning->name != NULL;
         meaning++) {
        const struct scn_fault_parts parts = {
            .site = site, .kind = meaning->name, .phase = "meaning"};
        code = scn_catalogue_offer(catalogue, &parts, faults, "{\"server\":%s}", meaning->server);
    }
    return code;
}

static enum cog_code offer_reports(const struct scn_catalogue *catalogue,
                                   const struct scn_site *first, struct scn_faults *faults)
{
    enum cog_code code = COG_OK;
    for (const struct meaning *meaning = reports; code == COG_OK && meaning->name != NULL;
         meaning++) {
        const struct scn_fault_parts parts = {.site = "status",
                                              .kind = meaning->name,
                                              .phase = "meaning",
                                              .call = "status",
                                              .order = first->order};
        code = scn_catalogue_offer(catalogue, &parts, faults, "{\"faults\":[%s]}", meaning->server);
    }
    return code;
}

enum cog_code scn_job_faults_list(const struct scn_catalogue *catalogue,
                                  const struct scn_sites *sites, struct scn_faults *faults)
{
    const struct scn_site *first = scn_sites_first(sites, "status");
    enum cog_code code = offer_all(catalogue, "job", jobs, faults);
    if (code == COG_OK) {
        code = offer_all(catalogue, "rollback", rollbacks, faults);
    }
    return code == COG_OK && first != NULL ? offer_reports(catalogue, first, faults) : code;
}
