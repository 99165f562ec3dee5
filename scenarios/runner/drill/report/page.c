#include "drill/report/page.h"

#include "drill/report/page/parts.h"
#include "report/embedded_json.h"

void scn_drill_page_write(FILE *stream, const char *json, size_t length)
{
    (void)fwrite(scn_drill_page_head, 1, scn_drill_page_head_length, stream);
    scn_embedded_json_write(stream, json, length);
    (void)fwrite(scn_drill_page_tail, 1, scn_drill_page_tail_length, stream);
}
