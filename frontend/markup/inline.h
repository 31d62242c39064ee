/* Phonemes inside plain text, in double brackets. */
#ifndef LINNET_FRONTEND_INLINE_H
#define LINNET_FRONTEND_INLINE_H

#include "document.h"
#include "frontend/phone_map.h"

/* Makes *doc of text[size]: each "[[h@loU]]" (espeak-ng's mnemonics) and "[[ hə|ˈloʊ ]]" (piper's IPA: it has a space
 * behind the brackets, or a character beyond ASCII) is a word with these phonemes. Brackets whose phonemes aren't all
 * known, or that no other ones close on the same line, are text; the former count in doc->unknown. LINNET_ERR_MEMORY
 * with message. */
BASE_MUST_USE int inline_parse(struct fe_document *doc, const struct phone_map *map, const char *text, size_t size,
                               struct base_error *err);

#endif
