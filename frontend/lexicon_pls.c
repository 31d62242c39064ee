#include "lexicon_internal.h"

void lex_read_pls(struct lex_source *source, const char *text, size_t size)
{
    (void)text;
    (void)size;
    source->line = source->column = 1;
    lex_complain(source, "PLS isn't supported");
}
