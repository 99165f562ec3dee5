#include "help.h"

#include "setting.h"

#include <stdio.h>

enum { FLAG_WIDTH = 36, VERB_WIDTH = 28 };

/** "rollback JOB", "resume [RUN]" */
static void append_call(struct cog_text *text, const struct cog_verb *verb)
{
    cog_text_append(text, verb->name);
    for (size_t i = 0; i < COG_OPERANDS_MAX && verb->operand_names[i] != NULL; i++) {
        cog_text_append_format(text, i < verb->operand_count_min ? " %s" : " [%s]",
                               verb->operand_names[i]);
    }
}

static void append_summary(struct cog_text *text, const struct cog_verb *verb)
{
    COG_CLEANUP(cog_text_finish) struct cog_text call = {0};
    append_call(&call, verb);
    cog_text_append_format(text, "  %-*s %s\n", VERB_WIDTH, cog_text_string(&call), verb->summary);
}

void cog_help_append(struct cog_text *text)
{
    cog_text_append(text,
                    "usage: cogpromote VERB [FLAG]...\n"
                    "\n"
                    "Promotes NICE Cognigy bot environments, and rolls back what goes wrong.\n"
                    "\n"
                    "verbs:\n");
    const struct cog_verb *verb = NULL;
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        append_summary(text, verb);
    }
    cog_text_append(text, "\n"
                          "  help [VERB]                  this text, or a verb's, as"
                          " 'cogpromote VERB --help'\n"
                          "  --version                    the version\n");
}

void cog_help_append_family(struct cog_text *text, const char *family)
{
    cog_text_append_format(text, "usage: cogpromote %s VERB [FLAG]...\n\nverbs:\n", family);
    const struct cog_verb *verb = NULL;
    for (size_t i = 0; (verb = cog_verb(i)) != NULL; i++) {
        if (cog_verb_belongs_to(verb, family)) {
            append_summary(text, verb);
        }
    }
}

static void append_setting(struct cog_text *text, const struct cog_option *setting)
{
    char flag[64];
    if (setting->is_secret) {
        (void)snprintf(flag, sizeof flag, "(variable only)");
    } else if (setting->placeholder == NULL) {
        (void)snprintf(flag, sizeof flag, "--[no-]%s", setting->name);
    } else {
        (void)snprintf(flag, sizeof flag, "--%s %s", setting->name, setting->placeholder);
    }
    cog_text_append_format(text, "  %-*s %s\n  %-*s   $%s\n", FLAG_WIDTH, flag, setting->help,
                           FLAG_WIDTH, "", setting->variable);
}

static void append_exits(struct cog_text *text, const struct cog_verb *verb)
{
    cog_text_append(text, "\nexit codes:\n");
    for (const struct cog_exit *row = verb->exits; row->meaning != NULL; row++) {
        cog_text_append_format(text, "  %3d  %s\n", row->code, row->meaning);
    }
}

void cog_help_append_verb(struct cog_text *text, const struct cog_verb *verb)
{
    cog_text_append(text, "usage: cogpromote ");
    append_call(text, verb);
    cog_text_append_format(text, " [FLAG]...\n\n%s\n", verb->text);
    cog_text_append(text,
                    "flags, each with its variable (a flag wins); durations as 250ms, 30s, 15m,"
                    " 2h:\n");
    const struct cog_option *setting = NULL;
    for (size_t i = 0; (setting = cog_setting(i)) != NULL; i++) {
        if (cog_setting_applies(setting, verb)) {
            append_setting(text, setting);
        }
    }
    append_exits(text, verb);
    cog_text_append_format(text, "\nexample:\n  %s", verb->example);
}
