/* When the world of a scenario is in the client's way. */
#include "language/timetable.h"

#include "support/expect.h"

TestSuite(timetable, .timeout = 5.0);

static int64_t settle(const char *server, const char *faults, int64_t end_ms)
{
    cJSON *server_json = cJSON_Parse(server);
    cJSON *faults_json = cJSON_Parse(faults);
    struct scn_timetable timetable = {0};
    scn_timetable_read(&timetable, server_json, faults_json);
    cJSON_Delete(server_json);
    cJSON_Delete(faults_json);
    return scn_timetable_settled_ms(&timetable, end_ms);
}

Test(timetable, settles_when_the_last_trouble_that_began_is_over)
{
    const struct {
        const char *server;
        const char *faults;
        int64_t settled_ms;
    } rows[] = {
        {"{}", "[]", -1},
        {"{\"down\": [{\"from\": \"20s\", \"until\": \"50s\"}]}", "[]", 50000},
        {"{\"down\": [{\"from\": \"2m\"}]}", "[]", -1},
        {"{\"down\": [{\"from\": \"20s\"}]}", "[]", INT64_MAX},
        {"{\"sessions\": {\"env-target\": [{\"at\": \"0s\", \"active\": 3},"
         " {\"at\": \"40s\", \"active\": 0}]}}",
         "[]", 40000},
        {"{\"sessions\": {\"env-target\": [{\"at\": \"0s\", \"active\": 3}]}}", "[]", INT64_MAX},
        {"{\"health\": [{\"at\": \"0s\", \"status\": 503}, {\"at\": \"7s\", \"status\": 200}]}",
         "[]", 7000},
        {"{\"conversation\": {\"matches\": false}}", "[]", INT64_MAX},
        {"{}", "[{\"from\": \"10s\", \"for\": \"5s\", \"inject\": \"refused\"}]", 15000},
        {"{}", "[{\"from\": \"10s\", \"inject\": \"refused\"}]", INT64_MAX},
        {"{}", "[{\"call\": \"status\", \"inject\": \"drip\"}]", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int64_t settled_ms = settle(rows[i].server, rows[i].faults, 60000);
        cr_expect(settled_ms == rows[i].settled_ms, "%s %s: %lld", rows[i].server, rows[i].faults,
                  (long long)settled_ms);
    }
}

Test(timetable, counts_the_times_of_an_inject_from_its_strike)
{
    cJSON *inject = cJSON_Parse("{\"name\": \"a\", \"after\": \"promote\", \"at\": \"1s\","
                                "\"server\": {\"down\": [{\"from\": \"2s\", \"until\": \"5s\"}]},"
                                "\"faults\": [{\"for\": \"9s\", \"inject\": \"refused\"}]}");
    cJSON *endless = cJSON_Parse("{\"server\": {\"conversation\": {\"matches\": false}}}");
    struct scn_timetable timetable = {0};

    scn_timetable_read_inject(&timetable, inject, 20000);
    EXPECT_INT(scn_timetable_settled_ms(&timetable, 60000), 29000);
    EXPECT_INT(scn_timetable_settled_ms(&timetable, 19999), -1);

    scn_timetable_read_inject(&timetable, endless, 30000);
    EXPECT_INT(scn_timetable_settled_ms(&timetable, 60000), INT64_MAX);
    cJSON_Delete(inject);
    cJSON_Delete(endless);
}

Test(timetable, that_is_too_long_never_settles)
{
    struct scn_timetable timetable = {0};
    for (int i = 0; i <= SCN_TIMETABLE_SPANS_MAX; i++) {
        scn_timetable_add(&timetable, 0, 1);
    }

    cr_expect(scn_timetable_settled_ms(&timetable, 60000) == INT64_MAX);
}
