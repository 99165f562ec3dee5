#include "help.h"

#include <cogpromote/config.h>

#include <string.h>

enum { FLAG_WIDTH = 36 };

void cog_help_print(FILE *stream)
{
    (void)fputs("usage: cogpromote VERB [FLAG]...\n"
                "\n"
                "Promotes NICE Cognigy bot environments, and rolls back what goes wrong.\n"
                "\n"
                "verbs:\n"
                "  promote      promote one environment into another\n"
                "\n"
                "  --help       this text; 'cogpromote VERB --help' for a verb's flags\n"
                "  --version    the version\n",
                stream);
}

static void print_option(FILE *stream, const struct cog_option *option)
{
    char flag[64];
    if (option->is_secret) {
        (void)snprintf(flag, sizeof flag, "(variable only)");
    } else if (option->placeholder == NULL) {
        (void)snprintf(flag, sizeof flag, "--[no-]%s", option->name);
    } else {
        (void)snprintf(flag, sizeof flag, "--%s %s", option->name, option->placeholder);
    }
    (void)fprintf(stream, "  %-*s %s\n  %-*s   $%s\n", FLAG_WIDTH, flag, option->help, FLAG_WIDTH,
                  "", option->variable);
}

void cog_help_print_promote(FILE *stream)
{
    (void)fputs("usage: cogpromote promote [FLAG]...\n"
                "\n"
                "Waits until the target is quiet, promotes, follows the job, rolls back when it\n"
                "fails or runs out of time, verifies, writes an audit record, notifies.\n"
                "Progress goes to stderr, the final report to stdout.\n"
                "\n"
                "flags, each with its variable (a flag wins); durations as 250ms, 30s, 15m, 2h:\n",
                stream);
    const struct cog_option *option = NULL;
    for (size_t i = 0; (option = cog_config_option(i)) != NULL; i++) {
        print_option(stream, option);
    }
    (void)fprintf(stream, "  %-*s %s\n  %-*s   $%s\n", FLAG_WIDTH, "--client-secret-file FILE",
                  "the secret is the file's first line", FLAG_WIDTH, "",
                  "COGPROMOTE_CLIENT_SECRET_FILE");
    (void)fputs("\n"
                "exit codes:\n"
                "    0  promoted and verified           6  rolled back, confirmed\n"
                "    1  internal: bug, memory, disk     7  rollback failed or not confirmed\n"
                "    2  usage: arguments, settings      8  unknown: ask the platform's operator\n"
                "    3  unauthorized, scope missing    10  promoted, but not verified: parity low\n"
                "    4  target not ready              130  interrupted by SIGINT\n"
                "    5  promotion rejected            143  interrupted by SIGTERM\n"
                "\n"
                "example:\n"
                "  cogpromote promote --source env-source --target env-target"
                " --wait-for-drain 10m\n",
                stream);
}
