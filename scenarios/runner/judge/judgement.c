#include "judge/judgement.h"

#include <stdarg.h>
#include <stdio.h>

static struct scn_judgement COG_PRINTF(2, 0)
    format_judgement(enum scn_result result, const char *format, va_list list)
{
    struct scn_judgement judgement = {.result = result};
    (void)vsnprintf(judgement.text, sizeof judgement.text, format, list);
    return judgement;
}

struct scn_judgement scn_judgement_pass_if(bool is_about)
{
    return is_about ? scn_judgement_pass : scn_judgement_idle;
}

struct scn_judgement scn_judgement_fail(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const struct scn_judgement judgement = format_judgement(SCN_FAIL, format, list);
    va_end(list);
    return judgement;
}

struct scn_judgement scn_judgement_inconclusive(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const struct scn_judgement judgement = format_judgement(SCN_INCONCLUSIVE, format, list);
    va_end(list);
    return judgement;
}
