/* Fuzz target of expressions: one up to a byte 0, whose first byte says whether case counts, and then a text. */
#include "frontend/dictionary/expression.h"

#include "base/utf8.h"
#include "linnet.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define require(condition) ((condition) ? (void)0 : abort())

/* Every match, one behind the other. */
static void find_all(const struct fe_expression *e, const char *text, size_t size)
{
    struct fe_span groups[FE_GROUPS];
    size_t effort = 20000, at = 0;
    while (at < size && fe_expression_find(e, text, size, at, groups, &effort)) {
        require(groups[0].start >= at && groups[0].start < groups[0].end && groups[0].end <= size);
        for (size_t i = 1; i < FE_GROUPS; i++)
            require(groups[i].start > groups[i].end || groups[i].end <= size);
        at = groups[0].end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *const end = size > 1 ? memchr(data + 1, 0, size - 1) : NULL;
    struct fe_expression *e;
    struct base_error err = {""};
    size_t invalid;
    if (!end || end - data > 1000)
        return 0;
    const char *const pattern = (const char *)data + 1;
    const size_t length = (size_t)(end - data) - 1, rest = size - length - 2;
    char *const text = malloc(rest ? rest : 1);
    require(text != NULL);
    memcpy(text, end + 1, rest);
    base_utf8_count(pattern, length, &invalid);
    size_t ill_formed;
    base_utf8_count(text, rest, &ill_formed);
    if (!invalid && !ill_formed) {
        const int status = fe_expression_compile(&e, pattern, length, data[0] % 2, &err);
        require(status == LINNET_OK || (status == LINNET_ERR_SYNTAX && !e && err.text[0]));
        if (e)
            find_all(e, text, rest);
        fe_expression_free(e);
    }
    free(text);
    return 0;
}
