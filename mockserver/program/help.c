#include "program/program.h"

const char mock_help[] =
    "usage: cogmock VERB [FLAG]...\n"
    "\n"
    "A fake of the NICE Cognigy deployment API, which fails on command.\n"
    "\n"
    "verbs:\n"
    "  serve                        serve the API, its control plane and a console\n"
    "  check FILE...                say whether scenario files are right\n"
    "\n"
    "  VERB --help                  what a verb takes, with examples\n"
    "  --help, --version            this text; the version\n"
    "\n"
    "exit codes:\n"
    "    0  done\n"
    "    1  failure\n"
    "   64  wrong arguments\n"
    "   65  an error in a scenario file, a certificate or a token's file\n"
    "   66  a file cannot be read or written\n"
    "   69  the port is in use, or the system does not allow what was asked for\n";

static const char serve_service[] =
    "usage: cogmock serve [FLAG]...\n"
    "\n"
    "Serves the API until SIGINT or SIGTERM. When it is ready, one line of JSON is on\n"
    "standard output, and the variables to export on standard error. A first signal lets\n"
    "nobody in any more and answers what is under way; a second one ends it at once.\n"
    "\n"
    "where, and who may:\n"
    "  --bind ADDRESS       a numeric one, IPv4 or IPv6 (default 127.0.0.1); off loopback the\n"
    "                       control plane wants a token\n"
    "  --port N             0 lets the system choose (default 8080)\n"
    "  --control-token-file FILE\n"
    "                       the token is its first line; without it one is made where it is\n"
    "                       wanted, and told once: in the line of JSON, and to export\n"
    "  --observers          without the token one may look on, also in the console, and sees\n"
    "                       what an operator would: no faults, no injects, no levers\n"
    "  --state-dir FOLDER   where states of tenants are saved (default: they cannot be)\n"
    "\n"
    "what it plays:\n"
    "  --scenario FILE      the world and the faults (default: the default world)\n"
    "  --case NAME          which of the scenario's cases, if it has any\n"
    "  --watch              read the scenario again when it changes; where it is wrong, the\n"
    "                       one before stays. Tenants that play it begin again\n"
    "  --time-scale N       the server's time runs N times as fast, 0.001 to 100000\n"
    "  --seed N             of tokens and of faults that strike by chance (default 1)\n"
    "\n"
    "how much:\n"
    "  --max-connections N  open at once (default 20000, fewer where the system allows fewer\n"
    "                       open files); who comes later is turned away\n"
    "  --request-timeout DURATION\n"
    "                       for a whole request to come in; 0 for no limit (default 2m)\n"
    "  --max-tenants N      (default 10000)\n"
    "  --journal N          exchanges kept of each tenant (default 10000)\n"
    "\n"
    "what it tells, on standard error:\n"
    "  --log human|json     form of the log (default human)\n"
    "  --quiet              no line for each request\n";

static const char serve_tls[] =
    "\n"
    "TLS (1.2 and later), with a private authority that is made at the start:\n"
    "  --tls                speak TLS on the port\n"
    "  --tls-name NAME      another host name or address in the certificate, beside\n"
    "                       localhost, 127.0.0.1, ::1 and that of --bind; up to 16 times\n"
    "  --tls-ca-out FILE    where the authority's certificate goes, for clients to trust\n"
    "                       (default: a file in a temporary folder, which is removed at the\n"
    "                       end); both outputs say where\n"
    "  --tls-cert FILE      an own certificate, its chain behind it, as PEM\n"
    "  --tls-key FILE       its key, without a pass phrase (default: in --tls-cert)\n"
    "  --tls-client-ca FILE clients must show a certificate from an authority in it\n"
    "  --tls-client-cert-out FILE\n"
    "                       make a certificate for clients, with its key; they must show it\n"
    "                       (or one of --tls-client-ca)\n"
    "\n"
    "examples:\n"
    "  cogmock serve --port 0 --time-scale 60\n"
    "  cogmock serve --port 8080 --scenario job-fails.json --watch\n"
    "  cogmock serve --bind 0.0.0.0 --control-token-file token --log json\n"
    "  cogmock serve --tls --tls-ca-out ca.pem\n";

const struct mock_verb mock_verbs[] = {
    {
        .name = "serve",
        .run = mock_program_serve,
        .help = {serve_service, serve_tls},
    },
    {
        .name = "check",
        .run = mock_program_check,
        .help =
            {
                "usage: cogmock check FILE...\n"
                "\n"
                "Reads what scenario files say about the server and its faults. Prints \"FILE: "
                "ok\"\n"
                "for each file that is right, and what is wrong, with its place, for the others.\n"
                "\n"
                "example: cogmock check scenarios/suite/*.json\n",
            },
    },
    {.name = NULL},
};
