#include "judge/journal.h"

#include <stdio.h>
#include <string.h>

enum { MEMBER_SIZE = 64 };

size_t scn_journal_count(const char *journals, const char *event)
{
    char member[MEMBER_SIZE];
    (void)snprintf(member, sizeof member, "\"event\":\"%s\"", event);
    size_t count = 0;
    for (const char *at = strstr(journals, member); at != NULL; at = strstr(at + 1, member)) {
        count++;
    }
    return count;
}

/* Numbers are of all who call it. */
size_t scn_journal_count_calls(const struct scn_facts *facts, const char *call)
{
    size_t count = 0;
    int newest = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const struct mock_exchange *exchange = &facts->exchanges[i];
        if (strcmp(exchange->call, call) == 0 && exchange->nth > newest) {
            newest = exchange->nth;
            count++;
        }
    }
    return count;
}

/* Whole entries that a process wrote behind that request. */
static size_t count_written(const struct scn_facts *facts, const struct scn_start *next,
                            size_t index)
{
    size_t count = 0;
    for (size_t i = next->operation_count; i > 0; i--) {
        const struct scn_operation *operation = &facts->operations[i - 1];
        if (operation->exchange_count <= index) {
            break;
        }
        count += operation->operation == SCN_STORAGE_APPEND &&
                         strncmp(operation->file, "journal/", strlen("journal/")) == 0
                     ? 1
                     : 0;
    }
    return count > 0 && next->is_after_torn_write ? count - 1 : count;
}

bool scn_journal_lacks_answer(const struct scn_facts *facts, size_t index)
{
    for (size_t i = 0; facts->starts != NULL && i < facts->process_count; i++) {
        const struct scn_start *start = &facts->starts[i];
        if (start->exchange_count > index) {
            return start->is_after_kill && start->exchange_count == index + 1 &&
                   count_written(facts, start, index) == 0;
        }
    }
    return false;
}
