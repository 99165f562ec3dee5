#include "drill/template.h"

/* The name stands between the two. */
static const char head[] =
    "// A drill: a scenario that a machine can run, and in 'drill' what people need to rehearse "
    "it.\n"
    "//   cogdrill check FILE                 says what is wrong with it, and where\n"
    "//   cogdrill rehearse FILE              the client alone, over 100 seeds\n"
    "//   cogdrill rehearse --guided FILE     with a person at a shell\n"
    "//   cogdrill rehearse --tabletop FILE   around a table\n"
    "// All members: scenarios/drills/README.md, and scenarios/README.md for those of scenarios.\n"
    "{\n"
    "  // No two drills of a team share a name. The file's name is the drill's id.\n"
    "  \"name\": \"";

static const char body[] =
    "\",\n"
    "  \"description\": \"One paragraph for facilitators: what strikes, and what a good end "
    "is.\",\n"
    "  \"tags\": [\"drill\"],\n"
    "\n"
    "  // The world before anything strikes: here a job that takes a minute.\n"
    "  \"server\": {\n"
    "    \"job\": {\"timeline\": [{\"at\": \"20s\", \"progress\": 30}, {\"at\": \"40s\","
    " \"progress\": 60}, {\"at\": \"60s\", \"complete\": true}]}\n"
    "  },\n"
    "\n"
    "  // What strikes, behind which call, and within which time: the moment is drawn.\n"
    "  \"injects\": [\n"
    "    {\n"
    "      \"name\": \"job_fails\",\n"
    "      \"text\": \"the deployment fails: disk full\",\n"
    "      \"after\": \"promote\",\n"
    "      \"window\": [\"25s\", \"55s\"],\n"
    "      \"job\": {\"fail\": \"disk full\"}\n"
    "    }\n"
    "  ],\n"
    "\n"
    "  // How the client is run where no person does it.\n"
    "  \"client\": {\"options\": {\"timeout\": \"5m\"}},\n"
    "\n"
    "  // What has to come out then.\n"
    "  \"expect\": {\"exit\": 6, \"outcome\": \"rolled_back\", \"target\": \"unchanged\"},\n"
    "\n"
    "  \"drill\": {\n"
    "    // What you believe about your team and tools, so that the drill can prove it wrong.\n"
    "    \"hypothesis\": \"A deployment that fails is noticed within ten seconds, and the target is"
    " as before within a minute.\",\n"
    "    \"roles\": {\n"
    "      \"operator\": \"Types the commands, and decides when it is over.\",\n"
    "      \"facilitator\": \"Knows what strikes, gives hints, helps with nothing else.\",\n"
    "      \"observer\": \"Notes what was seen when, and what was a surprise.\"\n"
    "    },\n"
    "    // At most: detect, decide, mitigate, recover, exposure are durations; steps a number.\n"
    "    \"targets\": {\"detect\": \"10s\", \"recover\": \"1m\", \"steps\": 5},\n"
    "    // Per cent of the weights. A critical check that fails fails the drill whatever the"
    " score.\n"
    "    \"pass_mark\": 80,\n"
    "    // Each check has one of: expect, within, invariants, log, commands.\n"
    "    \"checklist\": [\n"
    "      {\"id\": \"restored\", \"text\": \"The target has the content of before\", \"weight\": "
    "40,"
    " \"critical\": true, \"expect\": {\"target\": \"unchanged\"}},\n"
    "      {\"id\": \"told\", \"text\": \"The end was told as what it is: rolled back\", "
    "\"weight\":"
    " 20, \"critical\": true, \"expect\": {\"exit\": 6, \"outcome\": \"rolled_back\"}},\n"
    "      {\"id\": \"audit_intact\", \"text\": \"The audit chain holds, and tells the end\","
    " \"weight\": 20, \"critical\": true, \"invariants\": [\"I10\"]},\n"
    "      {\"id\": \"recovered_in_time\", \"text\": \"It was recovered in time\", \"weight\": 15,"
    " \"within\": \"recover\"},\n"
    "      // Only a person can do this: it does not count in automatic mode.\n"
    "      {\"id\": \"looked\", \"text\": \"Somebody looked instead of believing\", \"weight\": 5,"
    " \"commands\": [\"cogpromote status*\", \"cogpromote audit*\"]}\n"
    "    ],\n"
    "    // Told in this order, on demand; each costs points.\n"
    "    \"hints\": [\n"
    "      {\"text\": \"'cogpromote status' says where the run stands.\", \"cost\": 5}\n"
    "    ],\n"
    "    // For a round without a computer.\n"
    "    \"tabletop\": [\n"
    "      {\"inject\": \"The job has failed at 60 %.\", \"question\": \"What does a customer get"
    " now?\", \"answer\": \"Mixed content, until it is rolled back.\"}\n"
    "    ],\n"
    "    // For a person at a shell: nothing of what will strike.\n"
    "    \"guided\": {\n"
    "      \"situation\": \"You are on duty. A new version has to go from env-source to"
    " env-target.\",\n"
    "      \"task\": \"Promote, with 'cogpromote promote'. In the end the target has all of the new"
    " content, or all of the old, and you can prove which. Then type 'drill done'.\",\n"
    "      \"limit\": \"15m\"\n"
    "    }\n"
    "  }\n"
    "}\n";

/* As JSON has it within quotes. */
static void append_quoted(struct cog_text *text, const char *name)
{
    for (const char *byte = name; *byte != '\0'; byte++) {
        if (*byte == '"' || *byte == '\\') {
            cog_text_append_bytes(text, "\\", 1);
        }
        cog_text_append_bytes(text, byte, 1);
    }
}

void scn_drill_template_append(struct cog_text *text, const char *name)
{
    cog_text_append(text, head);
    append_quoted(text, name);
    cog_text_append(text, body);
}
