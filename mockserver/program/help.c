#include "program/program.h"

const char mock_help[] =
    "cogmock - a fake of the NICE Cognigy deployment API, which fails on command\n"
    "\n"
    "usage: cogmock serve [options]      serve the API on 127.0.0.1\n"
    "       cogmock check FILE...        say whether scenario files are right\n"
    "       cogmock VERB --help          what a verb takes, with an example\n"
    "       cogmock --help | --version\n"
    "\n"
    "exit codes: 0 done, 1 failure, 64 wrong arguments, 65 error in a scenario file,\n"
    "            66 file cannot be read, 69 port in use\n";

const struct mock_verb mock_verbs[] = {
    {
        .name = "serve",
        .run = mock_program_serve,
        .help = "usage: cogmock serve [--port N] [--scenario FILE] [--variant NAME]\n"
                "                     [--time-scale N] [--seed N] [--quiet]\n"
                "\n"
                "Serves the API on 127.0.0.1 until SIGINT or SIGTERM. When it is ready, one line\n"
                "of JSON is on standard output, and the variables to export on standard error.\n"
                "\n"
                "  --port N         0 lets the system choose (default 8080)\n"
                "  --scenario FILE  the world and the faults (default: the default world)\n"
                "  --variant NAME   which of the scenario's variants, if it has any\n"
                "  --time-scale N   the server's time runs N times as fast, 0.001 to 100000\n"
                "  --seed N         of tokens (default 1)\n"
                "  --quiet          no line for each request on standard error\n"
                "\n"
                "example: cogmock serve --port 8080 --scenario job-fails.json --time-scale 60\n",
    },
    {
        .name = "check",
        .run = mock_program_check,
        .help =
            "usage: cogmock check FILE...\n"
            "\n"
            "Reads what scenario files say about the server and its faults. Prints \"FILE: ok\"\n"
            "for each file that is right, and what is wrong, with its place, for the others.\n"
            "\n"
            "example: cogmock check scenarios/suite/*.json\n",
    },
    {.name = NULL},
};
