/* Text as written -> text as spoken, for one sentence. Step of the front end between clause and pronounce: dictionaries
 * and reading modes (modes.c), then the normaliser of the voice's language rewrite the sentence, and the utterance's
 * tokens are made again from the result. Every token keeps the bytes of the caller's text that it speaks; all words of
 * "twelve dollars" have those of "$12". */
#ifndef LINNET_FRONTEND_SPOKEN_H
#define LINNET_FRONTEND_SPOKEN_H

#include "base/status.h"
#include "clause.h"
#include "edit.h"
#include "frontend/dictionary/lexicon.h"
#include "frontend/reading/modes.h"
#include "frontend/language/normalize.h"
#include "utterance.h"

/* Start it with {0}, and give it a language. */
struct spoken_text {
    const struct language *language;
    struct fe_modes modes;
    struct fe_lexicon *lexicon;          /* NULL: none; whoever sets it closes it */
    struct given_source given_by_markup; /* of the document that the text is from; find NULL: it is from none */
    bool literal,
        marked_up; /* marks of Markdown aren't taken out: the caller says so, or the text is from other markup */
    struct fe_edit unmarked, compat, replaced, edited;
    struct norm_output out;
    struct clause_reader reader;
};

/* `text` is the caller's; *utt as fe_clause_next() left it. */
BASE_MUST_USE int fe_spoken_text(struct spoken_text *spoken, const char *text, struct utterance *utt,
                                 struct base_error *err);
void fe_spoken_free(struct spoken_text *spoken);

#endif
