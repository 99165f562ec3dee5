#include "crew/parcel.h"

#include <string.h>

/* At the start of each parcel: bytes out of step do not look like this. */
static const uint64_t parcel_mark = UINT64_C(0x6c65637261706373);

/* What stands before the answer. */
struct head {
    uint64_t mark;
    uint64_t index;
    uint64_t is_over;
    uint64_t real_ms;
    uint64_t answer_length;
};
_Static_assert(sizeof(struct head) == SCN_PARCEL_HEAD_SIZE, "the head has no gaps");

void scn_parcel_format(const struct scn_parcel *parcel, struct cog_text *text)
{
    const struct head head = {
        .mark = parcel_mark,
        .index = parcel->index,
        .is_over = parcel->is_over ? 1 : 0,
        .real_ms = (uint64_t)parcel->real_ms,
        .answer_length = parcel->answer_length,
    };
    cog_text_append_bytes(text, (const char *)&head, sizeof head);
    if (parcel->answer_length > 0) {
        cog_text_append_bytes(text, parcel->answer, parcel->answer_length);
    }
}

static bool is_sound(const struct head *head)
{
    return head->mark == parcel_mark && head->is_over <= 1 && head->real_ms <= INT64_MAX &&
           head->answer_length <= SCN_PARCEL_LENGTH_MAX;
}

enum cog_code scn_parcel_parse(const char *bytes, size_t length, struct scn_parcel *out_parcel,
                               size_t *out_length, struct cog_error *error)
{
    struct head head;
    *out_length = 0;
    if (length < sizeof head) {
        return COG_OK;
    }
    memcpy(&head, bytes, sizeof head);
    if (!is_sound(&head)) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "what came is no answer");
    }
    if (head.answer_length > length - sizeof head) {
        return COG_OK;
    }
    *out_parcel = (struct scn_parcel){
        .index = head.index,
        .is_over = head.is_over == 1,
        .real_ms = (int64_t)head.real_ms,
        .answer = bytes + sizeof head,
        .answer_length = (size_t)head.answer_length,
    };
    *out_length = sizeof head + (size_t)head.answer_length;
    return COG_OK;
}
